import * as z from 'zod';
import { storedFact } from '../contracts/fact-version.ts';
import { repairQuoted } from '../contracts/repair-quoted.ts';
import { serviceVisitOpened } from '../contracts/service-visit-opened.ts';
import { historySummary } from '../history/visits.ts';
import { assessment, circumstances } from './assessment.ts';
import { expectedVisit } from './expected-visit.ts';
import { explain } from './wording.ts';

/**
 * A decision about an upgrade conversation with all of its inputs, whether it led to a nudge or not. Each version of a quote
 * has its own decision, so that a correction does not hide why somebody was notified before.
 */
export const decision = z.object({
  /** When it was made, UTC. */
  at: z.string(),
  /** The store's date at that time. */
  today: z.string(),
  timeZone: z.string(),
  /** The subject of the decision: a quote, the visit before anything is quoted, or the appointment before the visit. */
  quote: z.union([storedFact(repairQuoted.schema), storedFact(serviceVisitOpened.schema), expectedVisit]),
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

/** The order that was decided on; before there is an order, the appointment. */
export const orderOf = ({ quote }: Pick<Decision, 'quote'>): string =>
  'roNumber' in quote ? quote.roNumber : orderOfAppointment(quote.appointmentNumber);

/** Cannot clash with an order: no order's number begins with a word. */
export const orderOfAppointment = (appointmentNumber: string): string => `appointment ${appointmentNumber}`;

/** The operator's name for the subject of the decision. */
function decidedOn({ quote }: Pick<Decision, 'quote'>): 'quote' | 'visit' | 'appointment' {
  if (!('roNumber' in quote)) return 'appointment';
  return 'quote' in quote ? 'quote' : 'visit';
}

/** One decision in one line, for a list of earlier decisions. */
export const decisionLine = (made: Decision): string =>
  `${made.at}, ${decidedOn(made)} of ${made.quote.occurredAt}: ${explain(made.assessment).decision}`;
