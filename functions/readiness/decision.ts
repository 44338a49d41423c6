import * as z from 'zod';
import { storedFact } from '../contracts/fact-version.ts';
import { repairQuoted } from '../contracts/repair-quoted.ts';
import { serviceVisitOpened } from '../contracts/service-visit-opened.ts';
import { historySummary } from '../history/visits.ts';
import { assessment, circumstances } from './assessment.ts';
import { explain } from './wording.ts';

/**
 * A decision about an upgrade conversation with all of its inputs, whether it led to a nudge or not. Each version of a
 * quote has its own, so that a correction does not hide why somebody was notified before.
 */
export const decision = z.object({
  /** When it was made, UTC. */
  at: z.string(),
  /** The store's date then. */
  today: z.string(),
  timeZone: z.string(),
  /** What was decided on: a quote, or the visit that nothing was quoted of. */
  quote: z.union([storedFact(repairQuoted.schema), storedFact(serviceVisitOpened.schema)]),
  history: historySummary.optional(),
  circumstances,
  /** The caps that apply to the customer and their household, at every store. */
  household: z.array(z.string()),
  /** Employee number of the person who would be notified. */
  person: z.string().optional(),
  /** Reasons, suppressions, and the policy version they were found with. */
  assessment,
});
export type Decision = z.infer<typeof decision>;

/** One decision in one line, for a list of earlier decisions. */
export const decisionLine = ({ at, quote, assessment: made }: Decision): string =>
  `${at}, ${'quote' in quote ? 'quote' : 'visit'} of ${quote.occurredAt}: ${explain(made).decision}`;
