import * as z from 'zod';
import { versionFields } from '../contracts/fact-version.ts';
import type { LookedUp } from '../enrich/looked-up.ts';
import type { LocalDate } from '../group/business-time.ts';
import { holdsOn } from '../group/fact-age.ts';
import type { Occasion } from './occasion.ts';

/**
 * The used-car desk was asked what the car is worth. While `answer` is missing, the desk is still at work or has withdrawn its
 * number.
 */
export const appraisal = z.object({
  askedAt: z.string(),
  /** The advisor, by employee number. */
  askedBy: z.string(),
  /** The version of the desk's latest answer. */
  said: z.object(versionFields).optional(),
  answer: z
    .object({ cents: z.number().int(), by: z.string(), on: z.string(), goodThrough: z.string() })
    .optional(),
});
type Appraisal = z.infer<typeof appraisal>;

export const isAppraised = ({ appraisal }: KnownValue, today: LocalDate): boolean =>
  appraisal?.answer !== undefined && holdsOn(today, appraisal.answer);

/** Values of a car that come from elsewhere than its quote. */
export interface KnownValue {
  readonly appraisal?: Pick<Appraisal, 'answer'> | undefined;
  /** A price guide's value, looked up because the quote had no valid one. */
  readonly lookedUp?: Pick<LookedUp, 'value'> | undefined;
}

/** Takes the desk's number while it is valid, because somebody looked at the car; else the guide's. */
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
