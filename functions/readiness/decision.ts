import * as z from 'zod';
import { storedFact } from '../contracts/fact-version.ts';
import { repairQuoted } from '../contracts/repair-quoted.ts';
import { serviceVisitOpened } from '../contracts/service-visit-opened.ts';
import { historySummary } from '../history/visits.ts';
import { assessment, circumstances } from './assessment.ts';
import { expectedVisit } from './expected-visit.ts';
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
  /** What was decided on: a quote, the visit that nothing was quoted of, or the appointment for one. */
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

/** The order that was decided on; before there is one, the appointment. */
export const orderOf = ({ quote }: Pick<Decision, 'quote'>): string =>
  'roNumber' in quote ? quote.roNumber : orderOfAppointment(quote.appointmentNumber);

/** Told apart from every order, whose number has no word before it. */
export const orderOfAppointment = (appointmentNumber: string): string => `appointment ${appointmentNumber}`;

/** What was decided on, as an operator calls it. */
function decidedOn({ quote }: Pick<Decision, 'quote'>): 'quote' | 'visit' | 'appointment' {
  if (!('roNumber' in quote)) return 'appointment';
  return 'quote' in quote ? 'quote' : 'visit';
}

/** One decision in one line, for a list of earlier decisions. */
export const decisionLine = (made: Decision): string =>
  `${made.at}, ${decidedOn(made)} of ${made.quote.occurredAt}: ${explain(made.assessment).decision}`;
