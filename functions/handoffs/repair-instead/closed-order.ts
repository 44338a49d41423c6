import { type Received, reverses, versionOf } from '../../contracts/fact-version.ts';
import type { Vehicle } from '../../contracts/fields.ts';
import type { RepairOrderVoided } from '../../contracts/repair-order-voided.ts';
import { isStandIn } from '../../customers/without-placeholders.ts';
import { localDate } from '../../group/business-time.ts';
import type { Context } from '../../handoff/context.ts';
import { type Decision, draft, unchanged } from '../../handoff/draft.ts';
import type { Visit } from '../../history/visits.ts';
import { reportToSales } from './report-to-sales.ts';
import {
  isOver,
  type Outcome,
  type RepairInstead as Repair,
  type Report,
  repairInsteadTraits,
  type ShopperFact,
  senderOf,
} from './task.ts';

const decide = (task: Repair, context: Context) => draft(task, repairInsteadTraits, context);

/** A closed order, from its event or from the car's history. */
type ClosedOrder = Pick<
  Visit,
  | 'storeId'
  | 'roNumber'
  | 'closedOn'
  | 'occurredAt'
  | 'revision'
  | 'sentAt'
  | 'contentHash'
  | 'customerPayCents'
  | 'warrantyCents'
  | 'internalCents'
  | 'declined'
>;

/** Applies the first of the orders that closed before the handoff was stored with the car. */
export function decideClosedBefore(
  before: Repair,
  closed: readonly ClosedOrder[],
  context: Context,
): Decision<Repair> {
  const { asked } = before.facts;
  const [first] = closed
    .filter((order) => asked !== undefined && isOfVisit(before, asked, order, context))
    .toSorted(byClosing);
  return first ? decideVisit(before, first, context) : unchanged(before, 'noted');
}

const byClosing = (a: ClosedOrder, b: ClosedOrder): number =>
  a.closedOn.localeCompare(b.closedOn) || a.occurredAt.localeCompare(b.occurredAt);

/** The dealer system closed an order of the car, or an order of the customer if Sales did not know the VIN. */
export const decideClosed = (
  before: Repair,
  visit: ClosedOrder & { readonly vehicle: Vehicle },
  context: Context,
): Decision<Repair> =>
  isSameCar(before.facts.asked?.vehicle, visit.vehicle)
    ? decideVisit(before, visit, context)
    : unchanged(before, 'of-another-car');

/** By VIN if Sales knew it; else nothing known about the car may contradict it. */
function isSameCar(asked: Vehicle | undefined, came: Vehicle): boolean {
  if (!asked) return false;
  if (!isStandIn(asked.vin)) return asked.vin === came.vin;
  return (['year', 'make', 'model'] as const).every((one) => agrees(asked[one], came[one]));
}

const agrees = (said: string | number | undefined, is: string | number | undefined): boolean =>
  said === undefined || is === undefined || String(said).toLowerCase() === String(is).toLowerCase();

/**
 * The dealer system closed an order of the car. If nobody has reported yet, that ends the handoff; a report stays, and the
 * order's numbers are added to it.
 */
function decideVisit(before: Repair, visit: ClosedOrder, context: Context): Decision<Repair> {
  const { asked, report } = before.facts;
  if (!asked || !isOfVisit(before, asked, visit, context)) return unchanged(before, 'of-another-visit');
  if (report?.roNumber !== undefined) return unchanged(before, 'already-known');
  const closed: Report = {
    ...{ at: context.now, ...report },
    roNumber: visit.roNumber,
    closed: versionOf(visit),
    cents: visit.customerPayCents,
    ...(visit.declined.length > 0 ? { declined: visit.declined.map(({ description }) => description) } : {}),
  };
  const task = { ...before, updatedAt: context.now, facts: { ...before.facts, report: closed } };
  // If the report could still be undone, the handoff would be open although the dealer system closed its order.
  if (isOver(task)) return decide(task, context).lockUndo().done('noted');
  return decide(task, context)
    .end({ trigger: 'outcome', outcome: outcomeOf(visit), by: 'dms', knownTo: senderOf(task) })
    .also(reportToSales)
    .done('completed');
}

/**
 * The order was entered by mistake, so its numbers are dropped and the next order of the visit counts. The handoff stays ended:
 * the assignee may have told Sales already, or tells them now.
 */
export function decideOrderVoided(
  before: Repair,
  fact: Received<RepairOrderVoided>,
  context: Context,
): Decision<Repair> {
  const { report } = before.facts;
  const { roNumber } = fact;
  if (report?.roNumber !== roNumber) return unchanged(before, 'of-another-visit');
  if (!reverses(fact, report.closed)) return unchanged(before, 'already-known: closed again since');
  const { at, by, says } = report;
  const own = by === undefined ? undefined : { at, by, ...(says === undefined ? {} : { says }) };
  const task = { ...before, updatedAt: context.now, facts: { ...before.facts, report: own } };
  const sender = senderOf(task);
  return decide(task, context)
    .note({ code: 'order-voided', roNumber }, 'dms')
    .when(own === undefined && sender !== undefined, (draft) =>
      draft.email({
        ...{ message: 'repair-news', to: { staff: sender ?? '' }, again: true },
        own: { code: 'repair-news', news: { code: 'order-voided' } },
      }),
    )
    .done('order-voided');
}

/**
 * Whether the order closed after the shopper came: on a later day, or later that day. Sending the shopper again does not change
 * when they came.
 */
function isOfVisit(before: Repair, asked: ShopperFact, visit: ClosedOrder, { store }: Context): boolean {
  const cameAt = before.started?.at ?? asked.occurredAt;
  const cameOn = localDate(store.timeZone, cameAt);
  if (visit.storeId !== before.storeId || visit.closedOn < cameOn) return false;
  return visit.closedOn > cameOn || visit.occurredAt >= cameAt;
}

/** If anybody paid, the car was fixed; if nobody paid and work was declined, the answer was no. */
function outcomeOf({ customerPayCents, warrantyCents, internalCents, declined }: ClosedOrder): Outcome {
  if (customerPayCents > 0 || warrantyCents > 0 || internalCents > 0) return 'fixed';
  return declined.length > 0 ? 'declined' : 'order-closed';
}
