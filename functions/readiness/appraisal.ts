import * as z from 'zod';
import { versionFields } from '../contracts/fact-version.ts';
import type { RepairQuoted } from '../contracts/repair-quoted.ts';
import type { LocalDate } from '../group/business-time.ts';
import { dayText } from './day-text.ts';

/** The used-car desk was asked what the car is worth. Without an answer it is still at it, or took its number back. */
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
export type Appraisal = z.infer<typeof appraisal>;

/** Somebody looked at the car: while the number holds it counts, and no guide's. */
export function withAppraisal<Quote extends RepairQuoted>(
  quote: Quote,
  { answer }: Pick<Appraisal, 'answer'> = {},
  today: LocalDate,
): Quote {
  if (answer === undefined || answer.goodThrough < today) return quote;
  const source = `the used-car desk, good through ${dayText(answer.goodThrough)}`;
  return { ...quote, value: { cents: answer.cents, source, asOf: answer.on } };
}
