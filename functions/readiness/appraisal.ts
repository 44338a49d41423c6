import * as z from 'zod';
import { versionFields } from '../contracts/fact-version.ts';
import type { LookedUp } from '../enrich/looked-up.ts';
import type { LocalDate } from '../group/business-time.ts';
import { holdsOn } from '../group/fact-age.ts';
import type { Occasion } from './occasion.ts';

/** The used-car desk was asked what the car is worth. Without an answer, the desk is still at work, or took its number back. */
export const appraisal = z.object({
  askedAt: z.string(),
  /** The advisor, by employee number. */
  askedBy: z.string(),
  /** The latest word of the desk. */
  said: z.object(versionFields).optional(),
  answer: z
    .object({ cents: z.number().int(), by: z.string(), on: z.string(), goodThrough: z.string() })
    .optional(),
});
type Appraisal = z.infer<typeof appraisal>;

export const isAppraised = ({ appraisal }: KnownValue, today: LocalDate): boolean =>
  appraisal?.answer !== undefined && holdsOn(today, appraisal.answer);

/** What is known of a car's value beside its quote. */
export interface KnownValue {
  readonly appraisal?: Pick<Appraisal, 'answer'> | undefined;
  /** A guide's, looked up where the quote had none that counts. */
  readonly lookedUp?: Pick<LookedUp, 'value'> | undefined;
}

/** Somebody looked at the car: while the number holds it counts, and no guide's. */
export function withValue<Quote extends Occasion>(
  quote: Quote,
  { appraisal, lookedUp }: KnownValue,
  today: LocalDate,
): Quote {
  const answer = appraisal?.answer;
  if (answer !== undefined && isAppraised({ appraisal }, today)) {
    const { cents, on, goodThrough } = answer;
    return { ...quote, value: { cents, asOf: on, goodThrough } };
  }
  const guide = lookedUp?.value;
  if (guide === undefined) return quote;
  const { cents, asOf, source } = guide;
  return { ...quote, value: { cents, source, asOf, estimate: true } };
}
