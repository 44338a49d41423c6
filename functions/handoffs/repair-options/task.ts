import * as z from 'zod';
import { storedFact, versionFields } from '../../contracts/fact-version.ts';
import { repairQuoted } from '../../contracts/repair-quoted.ts';
import { serviceVisitOpened } from '../../contracts/service-visit-opened.ts';
import { lookedUp } from '../../enrich/looked-up.ts';
import { sharedMessages } from '../../handoff/shared-messages.ts';
import { taskFields } from '../../handoff/task.ts';
import { blank } from '../../handoff/task-changes.ts';
import type { NamedTraits } from '../../handoff/traits.ts';
import { historySummary } from '../../history/visits.ts';
import { appraisal } from '../../readiness/appraisal.ts';
import { assessment, circumstances } from '../../readiness/assessment.ts';
import { expectedVisit } from '../../readiness/expected-visit.ts';

/** The advisor's answer about notifying Sales. `may be asked`: the advisor withdrew a "never". */
const advisorAnswers = ['good time', 'not now', 'never', 'may be asked'] as const;
export type AdvisorAnswer = (typeof advisorAnswers)[number];

/** Who asks Sales to talk to the customer: the rule at once or after the advisor's silence, a person, the customer. */
const salesAskers = ['assessment', 'silence', 'advisor', 'manager', 'customer'] as const;
export type SalesAsker = (typeof salesAskers)[number];

const managerAnswer = z.object({ by: z.string(), said: z.enum(['tell Sales', 'leave it']) });

/** Log entries that only a repair options sheet has. */
export const notes = z.discriminatedUnion('code', [
  z.object({ code: z.literal('advisor-did-not-answer'), employeeNumber: z.string() }),
  z.object({ code: z.literal('store-off') }),
  z.object({ code: z.literal('order-closed-already') }),
  z.object({ code: z.literal('quoted-too-long-ago') }),
  z.object({ code: z.literal('quote-changed') }),
  z.object({ code: z.literal('lines-follow') }),
  z.object({ code: z.literal('below-minimum') }),
  z.object({ code: z.literal('order-voided') }),
  z.object({ code: z.literal('order-closed') }),
  z.object({ code: z.literal('appraised'), cents: z.number().int(), by: z.string() }),
  z.object({ code: z.literal('appraisal-taken-back') }),
  z.object({ code: z.literal('asked-ahead'), said: z.enum(advisorAnswers).optional() }),
]);

const sheetParts = ['customer', 'work', 'promise', 'car', 'reasons'] as const;
export type SheetPart = (typeof sheetParts)[number];

/** What changed since the advisor's last sheet. */
export const emailNotes = z.discriminatedUnion('code', [
  z.object({ code: z.literal('amount-changed'), wasCents: z.number().int().optional() }),
  z.object({ code: z.literal('sheet-changed'), part: z.enum(sheetParts) }),
]);
export type SheetChange = z.infer<typeof emailNotes>;

/** The state before a choice: the answers, who had asked Sales, and the request to the used-car desk. */
export const undoKeeps = z.object({
  advisorSays: z.enum(advisorAnswers).optional(),
  managerSays: managerAnswer.optional(),
  salesAskedBy: z.enum(salesAskers).optional(),
  toldSales: z.boolean().optional(),
  appraisal: appraisal.optional(),
});
export type UndoKeeps = z.infer<typeof undoKeeps>;

export const repairOptionsSchema = z.object({
  ...taskFields({
    messages: z.enum([
      ...sharedMessages,
      'repair-options-sheet',
      'visit-question',
      'appraisal-in-sheet',
      'sales-question',
      'ready-tomorrow',
      'sales-not-told',
    ]),
    outcomes: z.enum([
      'open-to-looking',
      'repair-it',
      'not-now',
      'order voided',
      'number used again',
      'order closed',
      'nobody answered the sheet',
      'visit opened',
      'appointment changed',
      'visit over',
    ]),
    notes,
    emailNotes,
    undoKeeps,
  }),
  kind: z.literal('repair-options'),
  /** The repair order; before there is an order, the appointment. */
  subject: z.union([z.object({ roNumber: z.string() }), z.object({ appointmentNumber: z.string() })]),
  facts: z.object({
    /** The expected visit, if the handoff is about an appointment. */
    appointment: expectedVisit.optional(),
    quote: storedFact(repairQuoted.schema).optional(),
    /** The write-up of the visit, if the advisor was to be asked about it or it was quoted. */
    visit: storedFact(serviceVisitOpened.schema).optional(),
    /** A quote below the policy's minimum on such a visit; the handoff is still about the visit. */
    smallQuote: storedFact(repairQuoted.schema).optional(),
    /** The latest void and closing, even if the order has been opened again since: `any-kind/order-ends.ts`. */
    voided: z.object({ ...versionFields, reason: z.string().optional() }).optional(),
    closed: z
      .object({
        ...versionFields,
        /** The customer and car; both are missing if the order is only known to be no longer open. */
        ...{ closedOn: z.string().optional(), vin: z.string().optional() },
        customerNumber: z.string().optional(),
      })
      .optional(),
  }),
  /** A quote that is being written line by line, and since when; `high` if the sender says so. */
  settling: z
    .object({ since: z.string(), quote: storedFact(repairQuoted.schema), high: z.literal(true).optional() })
    .optional(),
  /** The decision about an upgrade, with its inputs, whether Sales was notified or not. */
  assessment: assessment.optional(),
  history: historySummary.optional(),
  circumstances: circumstances.optional(),
  /** What vendors know about the car, as of the last quote. */
  lookedUp: lookedUp.optional(),
  /** Who currently asks Sales; undefined if nobody does. {@link askerOf} also reads older items. */
  salesAskedBy: z.enum(salesAskers).optional(),
  /** Stored by releases before 2026-12, which did not record who asked. */
  toldSales: z.boolean().optional(),
  /** When the advisor was asked whether it is a good time: the head start counts from then. */
  advisorAskedAt: z.string().optional(),
  /** For an order: the advisor was asked before the visit, so nobody is asked at the write-up. */
  askedAhead: z.literal(true).optional(),
  advisorSays: z.enum(advisorAnswers).optional(),
  /** When the head start passed without an answer, and with whom. A later answer does not erase it. */
  advisorSilent: z.object({ at: z.string(), employeeNumber: z.string() }).optional(),
  /** The manager's decision in place of an advisor who did not answer. */
  managerSays: managerAnswer.optional(),
  /** The request from this sheet to the used-car desk, and the desk's answer. */
  appraisal: appraisal.optional(),
});
export type RepairOptions = z.infer<typeof repairOptionsSchema>;

/** Whether it is about a visit that is yet to come, so that there is no order. */
export const isAhead = ({ subject }: Pick<RepairOptions, 'subject'>): boolean =>
  'appointmentNumber' in subject;

/** Whether a repair is compared with replacing the car. Without a quote, the only question is whether Sales may talk. */
export const hasSheet = ({ facts }: Pick<RepairOptions, 'facts'>): boolean => facts.quote !== undefined;

export const repairOptionsTraits: NamedTraits<RepairOptions> = {
  kind: 'repair-options',
  numbers: ['roNumber'],
  department: 'service',
  assignmentMessage: (task) => (hasSheet(task) ? 'repair-options-sheet' : 'visit-question'),
  unfinished: 'nobody answered the sheet',
  hasLimits: hasSheet,
  emailKind: 'upgrade',
};

export const blankRepairOptions = (
  storeId: string,
  roNumber: string,
  now: string,
  use = 1,
): RepairOptions => ({
  ...blank('repair-options', storeId, [roNumber], now, use),
  subject: { roNumber },
  facts: {},
});

/** The key under which a decision about an appointment is stored, next to those about orders. */
export const numbersOfAppointment = (appointmentNumber: string) =>
  ['appointment', appointmentNumber] as const;

export const blankAppointment = (storeId: string, appointmentNumber: string, now: string): RepairOptions => ({
  ...blank('repair-options', storeId, numbersOfAppointment(appointmentNumber), now),
  subject: { appointmentNumber },
  facts: {},
});
