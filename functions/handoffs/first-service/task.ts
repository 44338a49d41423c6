import * as z from 'zod';
import { firstServiceDue } from '../../contracts/first-service-due.ts';
import { localDate } from '../../group/business-time.ts';
import { sharedMessages, taskFields } from '../../handoff/task.ts';
import { blank } from '../../handoff/task-changes.ts';
import type { NamedTraits } from '../../handoff/traits.ts';

/** Log entries that only a first service has. */
export const notes = z.discriminatedUnion('code', [
  z.object({ code: z.literal('store-off') }),
  z.object({ code: z.literal('due-too-long-ago') }),
  z.object({ code: z.literal('invitation-on'), date: z.string() }),
  z.object({ code: z.literal('already-visited') }),
  z.object({ code: z.literal('visited') }),
  z.object({ code: z.literal('booked') }),
  z.object({ code: z.literal('booked-early') }),
  z.object({ code: z.literal('due-date-corrected') }),
  z.object({ code: z.literal('deal-unwound') }),
  z.object({
    code: z.literal('appointment'),
    status: z.enum(['booked', 'cancelled', 'no-show']),
    appointmentNumber: z.string(),
  }),
]);

/** Fields of an email about a visit that its task does not have. */
export const emailNotes = z.discriminatedUnion('code', [
  z.object({ code: z.literal('visit-moved') }),
  z.object({ code: z.literal('visit-cancelled'), how: z.enum(['cancelled', 'no-show', 'booked']) }),
  z.object({ code: z.literal('customer-booked') }),
]);

const appointment = z.object({
  appointmentNumber: z.string(),
  occurredAt: z.string(),
  status: z.enum(['booked', 'cancelled', 'no-show']),
  startsAt: z.string().optional(),
  durationMinutes: z.number().int().optional(),
});
export type Appointment = z.infer<typeof appointment>;

export const firstServiceSchema = z.object({
  ...taskFields({
    messages: z.enum([
      ...sharedMessages,
      'first-service-to-prepare',
      'first-service-invitation',
      'first-service-confirmation',
      'be-there',
      'visit-booked',
      'visit-cancelled',
      'visit-tomorrow',
    ]),
    outcomes: z.enum(['customer-declined', 'visited', 'deal unwound', 'not returned']),
    notes,
    emailNotes,
    undoKeeps: z.object({}),
  }),
  kind: z.literal('first-service-visit'),
  subject: z.object({ vin: z.string(), customerNumber: z.string() }),
  facts: z.object({
    due: firstServiceDue.schema.optional(),
    /** Raised by the due date calculated from the sale: a DMS event replaces it, never the other way round. */
    raisedByUs: z.boolean().optional(),
    /** When the newest event of the DMS about it occurred, also where ours came later. */
    newestOfDms: z.string().optional(),
    appointments: z.array(appointment).default([]),
    visited: z.object({ occurredAt: z.string(), roNumber: z.string(), closedOn: z.string() }).optional(),
    unwound: z
      .object({ occurredAt: z.string(), reason: z.string().optional(), dealNumber: z.string().optional() })
      .optional(),
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

export const firstServiceTraits: NamedTraits<FirstServiceVisit> = {
  kind: 'first-service-visit',
  numbers: ['vin', 'customerNumber'],
  department: 'service',
  assignmentMessage: 'first-service-to-prepare',
  unfinished: 'not returned',
  emailKind: 'service',
  unfinishedFrom: daysOfVisit,
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
