import { isNewer, type Received, reverses, versionOf } from '../../contracts/fact-version.ts';
import type { Vehicle } from '../../contracts/fields.ts';
import type { RepairOrderVoided } from '../../contracts/repair-order-voided.ts';
import type { ShopperNeedsService } from '../../contracts/shopper-needs-service.ts';
import { isStandIn } from '../../customers/without-placeholders.ts';
import { addDays, daysBetween, localDate, nextOpen, startOfDay } from '../../group/business-time.ts';
import { withRecordedChoice } from '../../handoff/answer.ts';
import type { Context } from '../../handoff/context.ts';
import { type Decision, type Draft, draft, repeated, unchanged } from '../../handoff/draft.ts';
import { decideOlderWord } from '../../handoff/first-word.ts';
import { isEnded, isOpen } from '../../handoff/task.ts';
import type { Visit } from '../../history/visits.ts';
import { numberAt } from '../../people/across-stores.ts';
import { findManager, type Routed } from '../../people/routing.ts';
import { routeToService } from '../any-kind/route-to-service.ts';
import {
  isOver,
  isOverBefore,
  lettersOf,
  type Outcome,
  type RepairInstead,
  type Report,
  repairInsteadTraits,
  type ShopperFact,
  senderOf,
} from './task.ts';

/**
 * Sales → Service: a shopper whose car is merely broken goes to a named advisor, who gives a price by the promised time and
 * reports back. Each such visit of a customer has one item, so if two people start it, there is still only one.
 */
type Repair = RepairInstead;

/** The outcome when the visit had already ended: this is about the customer's next visit. */
export const OVER = 'over-before';

const decide = (task: Repair, context: Context) => draft(task, repairInsteadTraits, context);

export function decideNeeds(
  before: Repair,
  asked: Received<ShopperFact>,
  context: Context,
): Decision<Repair> {
  const { asked: known } = before.facts;
  if (!isNewer(asked, known)) return decideOlderWord(before, asked, context);
  if (isOver(before))
    return unchanged(before, isOverBefore(before, asked.occurredAt) ? OVER : 'already-over');
  return known ? join(before, known, asked, context) : begin(before, asked, context);
}

function begin(before: Repair, asked: Received<ShopperFact>, context: Context): Decision<Repair> {
  const { now, group, store, soldAt, today } = context;
  const noted: Repair = {
    ...before,
    updatedAt: now,
    facts: { ...before.facts, asked },
    ...(asked.correlationId === undefined ? {} : { correlationId: asked.correlationId }),
  };
  const by = senderOf(noted);
  const task = { ...noted, started: { at: asked.occurredAt, ...(by === undefined ? {} : { by }) } };
  if ([store, soldAt].some(({ mode }) => mode === 'off'))
    return decide(task, context)
      .step('old fact', { own: { code: 'store-off' } })
      .done('store-off');
  // The shopper has left.
  if (daysBetween(localDate(store.timeZone, asked.occurredAt), today) > group.actOnQuotesOfDays)
    return decide(task, context)
      .step('old fact', { own: { code: 'too-long-ago' } })
      .done('kept-for-history');
  return decide(task, context)
    .step('opening fact', { by: by ?? 'dms' })
    .assign(advisorFor(task, undefined, context))
    .startDeadline('accept')
    .email({ message: 'shopper-to-service', to: 'assignee' })
    .when(asked.customer.email === undefined, (told) => told.noAddress())
    .announce()
    .also(awaitOrder)
    .done('created');
}

/** Waits for a closed order of the car, unless the car is unknown. */
const awaitOrder = (task: Draft<Repair>): Draft<Repair> =>
  task.when(!isStandIn(task.task.facts.asked?.vehicle.vin ?? ''), (draft) => draft.event('shopper-expected'));

/** Somebody else starts or corrects the same visit: the newer report stands, but the first sender stays the sender. */
function join(
  before: Repair,
  known: ShopperFact,
  asked: Received<ShopperFact>,
  context: Context,
): Decision<Repair> {
  const { salespersonNumber = asked.salespersonNumber } = known;
  const merged = {
    ...known,
    ...asked,
    salespersonNumber,
    customer: { ...known.customer, ...asked.customer },
  };
  const noted = { ...before, updatedAt: context.now, facts: { ...before.facts, asked: merged } };
  const task = withStarter(noted, asked, context.now);
  if (saidOf(known) === saidOf(merged)) return repeated(task);
  return decide(task, context)
    .when(known.vehicle.vin !== merged.vehicle.vin, awaitOrder)
    .note({ code: 'said-again' }, 'dms')
    .email({ message: 'shopper-to-service', to: 'assignee', own: { code: 'said-again' }, again: true })
    .done('corrected');
}

/** Everybody who starts the visit may open it. */
function withStarter(task: Repair, { salespersonNumber, storeId }: ShopperFact, at: string): Repair {
  if (salespersonNumber === undefined) return task;
  const by = numberAt(task.storeId, { storeId, employeeNumber: salespersonNumber });
  return by === senderOf(task)
    ? task
    : withRecordedChoice(task, { by, at, choice: 'start', value: undefined });
}

/** The parts of the report that the advisor acts on. */
const saidOf = ({ needs, wants, customerIs, transport, vehicle }: ShopperNeedsService): string =>
  JSON.stringify([needs, wants, customerIs, transport, vehicle.make, vehicle.model, vehicle.vin]);

/** The salesperson's partner, so that they hand the customer to somebody they know; else a fair choice. */
export const advisorFor = (task: Repair, not: readonly string[] | undefined, context: Context): Routed =>
  routeToService(
    task.facts.asked?.customer ?? { customerNumber: task.taskId },
    { partnerOf: senderOf(task), not },
    context,
  );

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

/** The order closed after the shopper came. Sending the shopper again does not change when they came. */
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

/** The person who sent the customer over gets the report, and is asked later how the car is doing. */
export function reportToSales(before: Draft<Repair>): Draft<Repair> {
  const sender = senderOf(before.task);
  if (sender === undefined) return before;
  return before
    .email({ message: 'repair-report', to: { staff: sender }, again: true })
    .deadline('follow-up', recheckAt(before.task, before.context));
}

/** None for a car that is not worth fixing: that customer is with Sales again at once. */
function recheckAt({ ended }: Repair, { group, store, today, calendar }: Context): string | undefined {
  const isKept = ended?.outcome === 'fixed' || ended?.outcome === 'declined';
  if (!isKept || group.recheckAfterDays === 0) return undefined;
  return nextOpen(calendar('sales'), startOfDay(store.timeZone, addDays(today, group.recheckAfterDays)));
}

/** A late tick is harmless: it only reopens a snoozed handoff and asks what is due. */
export function tickRepair(task: Repair, context: Context): Repair {
  const { release } = task.deadlines;
  if (task.state === 'waiting' && release !== undefined && release <= context.now)
    return decide(task, context)
      .deadline('release', undefined)
      .step('release', { by: 'clock' })
      .startDeadline('accept').task;
  return followUp(task, context);
}

/** One deadline with two uses: the promised price during the visit, and the re-check after it. */
function followUp(task: Repair, context: Context): Repair {
  const at = task.deadlines['follow-up'];
  if (at === undefined || at > context.now) return task;
  const due = decide(task, context).deadline('follow-up', undefined);
  if (isOpen(task)) return due.email({ message: 'quote-promised', to: 'assignee', again: true }).task;
  const asker = isEnded(task) ? whoRechecks(task, context) : undefined;
  return asker === undefined
    ? due.task
    : due.email({ message: 'repair-recheck', to: { staff: asker }, again: true }).task;
}

function whoRechecks(task: Repair, { employed, roster, today }: Context): string | undefined {
  const sender = senderOf(task);
  if (employed(sender)) return sender;
  return findManager({ department: 'sales', roster, on: today })?.employeeNumber;
}

/** The customer gets one letter, from the first person who accepts. */
export function writeToCustomer(task: Repair, context: Context): Repair {
  const isWritten = lettersOf(task).some(({ state }) => state !== 'lapsed');
  return isWritten
    ? task
    : decide(task, context).email({ message: 'repair-letter', to: 'customer', again: true }).task;
}
