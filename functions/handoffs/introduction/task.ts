import * as z from 'zod';
import { storedFact, versionFields } from '../../contracts/fact-version.ts';
import { vehicleSold } from '../../contracts/vehicle-sold.ts';
import { deliveryDate } from '../../customers/deal.ts';
import { type EmailRecord, mayHaveLeft } from '../../handoff/item-bounds.ts';
import type { Undoable } from '../../handoff/kind.ts';
import { earliest } from '../../handoff/outbox.ts';
import { staffIn } from '../../handoff/outbox-entry.ts';
import { emailsOf } from '../../handoff/queue.ts';
import { sharedMessages } from '../../handoff/shared-messages.ts';
import { taskFields } from '../../handoff/task.ts';
import { blank } from '../../handoff/task-changes.ts';
import type { NamedTraits } from '../../handoff/traits.ts';
import { appointment } from '../any-kind/appointments.ts';
import { limitsFrom } from './delivery.ts';

/** Log entries that only an introduction has. */
export const notes = z.discriminatedUnion('code', [
  z.object({ code: z.literal('store-off') }),
  z.object({ code: z.literal('sold-too-long-ago') }),
  z.object({ code: z.literal('delivery-on'), date: z.string() }),
  z.object({ code: z.literal('not-a-retail-sale') }),
  z.object({ code: z.literal('sale-corrected') }),
  z.object({ code: z.literal('deal-unwound') }),
  z.object({ code: z.literal('first-service-raised') }),
  /** Reported by the DMS; what staff enter is logged as a choice. */
  z.object({ code: z.literal('first-visit'), status: z.enum(['booked', 'cancelled', 'no-show']) }),
]);

/** What changed since the recipient's last email. */
export const emailNotes = z.object({ code: z.enum(['another-buyer', 'another-car', 'delivery-moved']) });
export type SaleCorrection = z.infer<typeof emailNotes>;

/** The outcomes by which a member of Service signs that they met the customer. */
export const signedAs = ['introduced-in-person', 'introduced-by-video', 'introduced-by-phone'] as const;

const signature = z.object({ by: z.string(), at: z.string() });

/** The state before a choice: who the customer's letter was to come from, and whether the salesperson had signed. */
const undoKeeps = z.object({ contact: z.string().optional(), walkedOver: signature.optional() });

export const introductionSchema = z.object({
  ...taskFields({
    messages: z.enum([
      ...sharedMessages,
      'introduction-to-sign',
      'introduction-to-customer',
      'new-advisor-to-customer',
      'walk-over',
      'sale-notice',
      'introduction-accepted',
      'customer-met-nobody',
    ]),
    outcomes: z.enum([
      ...signedAs,
      'customer-declined',
      'deal unwound',
      'number used again',
      'serviced elsewhere',
      'not a retail sale',
      'nobody signed the introduction',
      'started-by-mistake',
    ]),
    notes,
    emailNotes,
    undoKeeps,
  }),
  kind: z.literal('service-introduction'),
  subject: z.object({ dealNumber: z.string() }),
  facts: z.object({
    sold: storedFact(vehicleSold.schema).optional(),
    /** A salesperson typed it, and the DMS has not reported the deal yet. */
    typed: z.boolean().optional(),
    /** Set only if it reverses the known sale: a later sale under the number stands. */
    unwound: z
      .object({
        ...{ ...versionFields, reason: z.string().optional() },
        /** The customer and car of the deal, if the event names them. */
        ...{ customerNumber: z.string().optional(), vin: z.string().optional() },
      })
      .optional(),
    /** When the deal was first reported, if the sale that stands is a later version of it. */
    soldSince: z.string().optional(),
    /** Numbers of customers for whom the deal was entered before it was corrected. */
    formerCustomers: z.array(z.string()).optional(),
    /** The car's service appointments that the handoff shows. The first service has a list of its own to decide by. */
    appointments: z.array(appointment).optional(),
  }),
  /** The salesperson who owns the customer; undefined if none of the deal's salespeople can get email. */
  soldBy: z.string().optional(),
  /** When the first service is due: the DMS date, or the brand's interval after delivery. */
  firstService: z.object({ dueOn: z.string(), dueMiles: z.number().int().optional() }).optional(),
  /** The advisor whom the customer was introduced to before the deal was unwound and written again. */
  introducedTo: z.string().optional(),
  /**
   * The person who writes the customer's letter: whoever accepted or signed, or the manager of Service if nobody did in time.
   */
  contact: z.string().optional(),
  /** The customer's own answer whether they met the contact, stored in addition to the signatures. The latest counts. */
  met: z.object({ answer: z.enum(['yes', 'no']), at: z.string() }).optional(),
  /** The salesperson's signature that they brought the customer to Service. The advisor's signature is the outcome. */
  walkedOver: signature.optional(),
});
export type ServiceIntroduction = z.infer<typeof introductionSchema>;

export const introductionTraits: NamedTraits<ServiceIntroduction> = {
  kind: 'service-introduction',
  numbers: ['dealNumber'],
  department: 'service',
  assignmentMessage: () => 'introduction-to-sign',
  unfinished: 'nobody signed the introduction',
  emailKind: 'introduction',
  limitsFrom: ({ facts: { sold }, walkedOver }, context) =>
    earliest([sold && limitsFrom(sold, context), walkedOver?.at]),
  unfinishedFrom: ({ facts: { sold } }, timeZone) => (sold ? [deliveryDate(sold, timeZone)] : []),
};

export const keptOf = ({ before }: Undoable) => undoKeeps.parse(before.own ?? {});

const staffOf = (records: readonly EmailRecord[]): string[] => [
  ...new Set(records.flatMap(({ to }) => staffIn(to))),
];

/** The people who are to walk the customer over. */
export const walkersOf = (task: ServiceIntroduction): string[] => staffOf(emailsOf(task, 'walk-over'));

/**
 * The walkers whose checklist may have been sent. For the others it is still queued, and will be the first email to name the
 * advisor.
 */
export const walkersAsked = (task: ServiceIntroduction): string[] =>
  staffOf(emailsOf(task, 'walk-over').filter(mayHaveLeft));

export const blankIntroduction = (
  storeId: string,
  dealNumber: string,
  now: string,
  use = 1,
): ServiceIntroduction => ({
  ...blank('service-introduction', storeId, [dealNumber], now, use),
  subject: { dealNumber },
  facts: {},
});
