import * as z from 'zod';
import { storedFact, versionFields } from '../../contracts/fact-version.ts';
import { customer, vehicle } from '../../contracts/fields.ts';
import { shopperNeedsService } from '../../contracts/shopper-needs-service.ts';
import { emailsOf } from '../../handoff/queue.ts';
import { sharedMessages } from '../../handoff/shared-messages.ts';
import { isEnded, taskFields } from '../../handoff/task.ts';
import { blank } from '../../handoff/task-changes.ts';
import type { NamedTraits } from '../../handoff/traits.ts';
import type { PlacedPerson } from '../../people/across-stores.ts';
import { numberAt } from '../../people/across-stores.ts';

/** Log entries that only this kind has. */
export const notes = z.discriminatedUnion('code', [
  z.object({ code: z.literal('store-off') }),
  z.object({ code: z.literal('too-long-ago') }),
  z.object({ code: z.literal('said-again') }),
  z.object({ code: z.literal('order-voided'), roNumber: z.string() }),
]);

/** What the salesperson is told during the visit. */
const news = z.discriminatedUnion('code', [
  z.object({ code: z.literal('accepted') }),
  z.object({ code: z.literal('quote-by'), at: z.string() }),
  z.object({ code: z.literal('quoted'), cents: z.number().int() }),
  z.object({ code: z.literal('order-voided') }),
]);
export type RepairNews = z.infer<typeof news>;

export const newsForSales = z.object({ code: z.literal('repair-news'), news });
/** The advisor is emailed again because somebody corrected what the customer needs. */
export const saidAgain = z.object({ code: z.literal('said-again') });
const emailNotes = z.discriminatedUnion('code', [newsForSales, saidAgain]);

/** How the visit ended: as the advisor reported it, or as the dealer system closed the order. */
const report = z.object({
  at: z.string(),
  /** An employee number; left out: the dealer system. */
  by: z.string().optional(),
  /** In the advisor's words: what was done, or why not. */
  says: z.string().optional(),
  roNumber: z.string().optional(),
  /** The version of the closing fact. */
  closed: z.object(versionFields).optional(),
  /** What the customer paid. */
  cents: z.number().int().optional(),
  /** The work that was recommended and declined. */
  declined: z.array(z.string()).optional(),
});
export type Report = z.infer<typeof report>;

const progress = { quoteBy: z.string().optional(), quotedCents: z.number().int().optional() };
export const undoKeeps = z.object(progress);

/** The fact as received, with a stand-in if the store has no number for the customer, or nobody knows the VIN. */
const shopperFact = storedFact(shopperNeedsService.schema).extend({ customer, vehicle });
export type ShopperFact = z.infer<typeof shopperFact>;

export const repairInsteadSchema = z.object({
  ...taskFields({
    messages: z.enum([
      ...sharedMessages,
      'shopper-to-service',
      'repair-letter',
      'repair-news',
      'repair-report',
      'quote-promised',
      'repair-recheck',
    ]),
    outcomes: z.enum([
      'fixed',
      'declined',
      'not-worth-it',
      'order-closed',
      'started-by-mistake',
      'nobody reported back',
    ]),
    notes,
    emailNotes,
    undoKeeps,
  }),
  kind: z.literal('repair-instead'),
  subject: z.object({ customerNumber: z.string() }),
  facts: z.object({
    asked: shopperFact.optional(),
    /** When the customer was promised a price. */
    ...progress,
    report: report.optional(),
  }),
});
export type RepairInstead = z.infer<typeof repairInsteadSchema>;
export type Outcome = NonNullable<RepairInstead['ended']>['outcome'];

export const repairInsteadTraits: NamedTraits<RepairInstead> = {
  kind: 'repair-instead',
  numbers: ['customerNumber'],
  department: 'service',
  assignmentMessage: () => 'shopper-to-service',
  unfinished: 'nobody reported back',
  emailKind: 'service',
  // Once it is accepted, the customer need not wait, because the car stays.
  isWaitedFor: ['accept'],
};

/** `storeId` is the store that issued the customer's number: the one where they shop. */
export const blankRepair = (
  storeId: string,
  customerNumber: string,
  now: string,
  use = 1,
): RepairInstead => ({
  ...blank('repair-instead', storeId, [customerNumber], now, use),
  subject: { customerNumber },
  facts: {},
});

/** The person who sent the customer over, as the task knows them. */
export function senderOf({ storeId, facts: { asked } }: RepairInstead): string | undefined {
  if (asked?.salespersonNumber === undefined) return undefined;
  const person: PlacedPerson = { storeId: asked.storeId, employeeNumber: asked.salespersonNumber };
  return numberAt(storeId, person);
}

/**
 * Whether the visit had ended when this was said, which is then about the customer's next visit. By another machine's clock,
 * something said before the end may carry a later time; anything that this visit already knows therefore belongs to it, even if
 * it arrives again.
 */
export const isOverBefore = ({ state, ended, updatedAt, facts }: RepairInstead, at: string): boolean =>
  isOver({ state }) && (ended?.at ?? updatedAt) <= at && (facts.asked?.occurredAt ?? '') < at;

export const isOver = ({ state }: Pick<RepairInstead, 'state'>): boolean =>
  isEnded({ state }) || state === 'history';

export const lettersOf = (task: RepairInstead) => emailsOf(task, 'repair-letter', 'customer');
