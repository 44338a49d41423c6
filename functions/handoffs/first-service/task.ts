import * as z from 'zod';
import { factVersion, storedFact, versionFields } from '../../contracts/fact-version.ts';
import { firstServiceDue } from '../../contracts/first-service-due.ts';
import { localDate, plusDays } from '../../group/business-time.ts';
import { partsOfDay } from '../../handoff/customer-visit.ts';
import { sharedMessages } from '../../handoff/shared-messages.ts';
import { taskFields } from '../../handoff/task.ts';
import { blank } from '../../handoff/task-changes.ts';
import type { Limit, NamedTraits } from '../../handoff/traits.ts';
import { appointment } from '../any-kind/appointments.ts';

/** When the customer would prefer to come. */
const timeWanted = z.object({ day: z.string().optional(), part: z.enum(partsOfDay) });

/** Log entries that only a first service has. */
export const notes = z.discriminatedUnion('code', [
  z.object({ code: z.literal('store-off') }),
  z.object({ code: z.literal('due-too-long-ago') }),
  z.object({ code: z.literal('invitation-on'), date: z.string() }),
  z.object({ code: z.literal('already-visited') }),
  z.object({ code: z.literal('visited') }),
  /** A closed order that is not the first service: a rattle on day seven, delivery preparation. */
  z.object({ code: z.literal('other-visit'), roNumber: z.string(), closedOn: z.string() }),
  z.object({ code: z.literal('booked') }),
  z.object({ code: z.literal('booked-early') }),
  z.object({ code: z.literal('time-wanted'), ...timeWanted.shape }),
  z.object({ code: z.literal('due-date-corrected') }),
  z.object({ code: z.literal('deal-unwound') }),
  z.object({ code: z.literal('sold-on') }),
  z.object({ code: z.literal('owned-again') }),
  z.object({ code: z.literal('visit-voided'), roNumber: z.string() }),
  z.object({
    code: z.literal('appointment'),
    status: z.enum(['booked', 'cancelled', 'no-show']),
    appointmentNumber: z.string(),
    /** Too early for the first service, so booked for something else. */
    otherWork: z.literal(true).optional(),
  }),
]);

/** Fields of an email about a visit that its task does not have. */
export const emailNotes = z.discriminatedUnion('code', [
  z.object({ code: z.literal('visit-moved') }),
  z.object({
    code: z.literal('visit-cancelled'),
    /** `booked`: moved to a time that had already passed when it was reported. */
    how: z.enum(['cancelled', 'no-show', 'booked']),
    /** The time that is no longer valid. */
    startsAt: z.string().optional(),
  }),
  z.object({ code: z.literal('customer-booked') }),
  /** The due date that people were sent before it was corrected. */
  z.object({ code: z.literal('due-moved'), from: z.string() }),
]);

/** The time that people were sent last, so that they are notified of a change however late it is reported. */
const announced = z.object({
  appointmentNumber: z.string(),
  startsAt: z.string(),
  /** Whether they still expect the customer at that time. */
  stands: z.boolean(),
  /** The id of the entry in people's calendars. It stays the same when the DMS books again under another number. */
  calendarId: z.string(),
  /** Grows with each change of the calendar entry. */
  sequence: z.number().int(),
});
export type Announced = z.infer<typeof announced>;

const visit = z.object({
  ...versionFields,
  /** Left out: the store of the task. */
  storeId: z.string().optional(),
  roNumber: z.string(),
  closedOn: z.string(),
  openedOn: z.string().optional(),
  odometerMiles: z.number().optional(),
  /** `dealer`: internal work only. `nobody`: an order of $0. */
  paidBy: z.enum(['customer', 'dealer', 'nobody']).optional(),
  /** One of its operation codes is a first service according to the group's file. */
  hasFirstServiceCode: z.boolean().optional(),
});
export type SeenVisit = z.infer<typeof visit>;

const voided = visit.pick({ storeId: true, roNumber: true }).extend(versionFields);
export type VoidedOrder = z.infer<typeof voided>;

const unwinding = z.object({
  ...versionFields,
  reason: z.string().optional(),
  dealNumber: z.string().optional(),
});
export type Unwinding = z.infer<typeof unwinding>;

export const firstServiceSchema = z.object({
  ...taskFields({
    messages: z.enum([
      ...sharedMessages,
      'first-service-to-prepare',
      'first-service-invitation',
      'first-service-confirmation',
      'first-service-moved',
      'first-service-rebook',
      'first-service-redated',
      'due-date-moved',
      'first-service-tomorrow',
      'first-service-due-today',
      'first-service-overdue',
      'not-returned',
      'time-wanted',
      'be-there',
      'visit-booked',
      'visit-cancelled',
      'visit-tomorrow',
    ]),
    outcomes: z.enum(['customer-declined', 'visited', 'deal unwound', 'sold on', 'not returned']),
    notes,
    emailNotes,
    undoKeeps: z.object({}),
  }),
  kind: z.literal('first-service-visit'),
  subject: z.object({ vin: z.string(), customerNumber: z.string() }),
  facts: z.object({
    due: storedFact(firstServiceDue.schema).optional(),
    /** Raised by the due date calculated from the sale: a DMS event replaces it, never the other way round. */
    raisedByUs: z.boolean().optional(),
    /** When the newest DMS event about it occurred, even if our own came later. */
    newestOfDms: z.string().optional(),
    /** The same with the fields that decide between equal times; a release before 2026-12 stored the time only. */
    dmsVersion: factVersion.optional(),
    appointments: z.array(appointment).default([]),
    announced: announced.optional(),
    /** The customer asked for a time other than the booked one. */
    timeWanted: timeWanted.optional(),
    /** The latest closed orders, whatever work they were for. */
    visits: z.array(visit).optional(),
    /** Voided orders. An order that is closed again later counts. */
    voids: z.array(voided).optional(),
    /** The latest closed order, as a release before 2026-12 stored it. */
    visited: z.object({ occurredAt: z.string(), roNumber: z.string(), closedOn: z.string() }).optional(),
    /** The day of the sale, if the group made it. */
    boughtOn: z.string().optional(),
    /** When a later deal of the group sold the car to somebody else. */
    soldOnAt: z.string().optional(),
    /** The latest reversal of each deal in which the customer bought the car. */
    unwindings: z.array(unwinding).optional(),
    /** The latest reversal of any deal, as a release before 2026-12 stored it. */
    unwound: unwinding.optional(),
  }),
});
export type FirstServiceVisit = z.infer<typeof firstServiceSchema>;

/** The due date and the days of booked visits: the task is closed as unfinished only some days after these. */
function daysOfVisit({ facts: { due, appointments } }: FirstServiceVisit, timeZone: string): string[] {
  const booked = appointments.flatMap(({ status, startsAt }) =>
    status === 'booked' && startsAt ? [localDate(timeZone, startsAt)] : [],
  );
  return due ? [due.dueOn, ...booked] : booked;
}

/** More days than a shop takes to close the order of a visit. */
const CLOSED_WITHIN_DAYS = 3;

/** A booked visit needs no work until the day before it, and is finished when its order is closed. */
function aroundTheVisit({ facts }: FirstServiceVisit, limit: Limit): string | undefined {
  // The customer is waiting for an answer.
  if (facts.timeWanted) return undefined;
  const starts = facts.appointments.flatMap(({ status, startsAt, otherWork }) =>
    status === 'booked' && startsAt !== undefined && !otherWork ? [startsAt] : [],
  );
  const last = starts.toSorted().at(-1);
  return last && plusDays(last, limit === 'accept' ? -1 : CLOSED_WITHIN_DAYS);
}

export const firstServiceTraits: NamedTraits<FirstServiceVisit> = {
  kind: 'first-service-visit',
  numbers: ['vin', 'customerNumber'],
  department: 'service',
  assignmentMessage: () => 'first-service-to-prepare',
  unfinished: 'not returned',
  unfinishedNotice: 'not-returned',
  emailKind: 'service',
  unfinishedFrom: daysOfVisit,
  restsUntil: aroundTheVisit,
};

export const blankFirstService = (
  storeId: string,
  { vin, customerNumber }: { readonly vin: string; readonly customerNumber: string },
  now: string,
): FirstServiceVisit => ({
  ...blank('first-service-visit', storeId, [vin, customerNumber], now),
  subject: { vin, customerNumber },
  facts: { appointments: [] },
});
