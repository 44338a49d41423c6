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
 * Sales → Service: a shopper whose car is merely broken goes to a named advisor, who gives a price by when it was
 * promised and reports back. One item for each such visit of a customer, so two people who start it make one.
 */
type Repair = RepairInstead;

/** The visit was over before that: the customer's next one begins. */
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

/** The closed order names the car. */
const awaitOrder = (task: Draft<Repair>): Draft<Repair> =>
  task.when(!isStandIn(task.task.facts.asked?.vehicle.vin ?? ''), (draft) => draft.event('shopper-expected'));

/** Somebody else starts the same, or says it better: the newer word stands, and the first who sent them over stays that. */
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

/** Whoever starts the same may open it, too. */
function withStarter(task: Repair, { salespersonNumber, storeId }: ShopperFact, at: string): Repair {
  if (salespersonNumber === undefined) return task;
  const by = numberAt(task.storeId, { storeId, employeeNumber: salespersonNumber });
  return by === senderOf(task)
    ? task
    : withRecordedChoice(task, { by, at, choice: 'start', value: undefined });
}

/** What the advisor acts on. */
const saidOf = ({ needs, wants, customerIs, transport, vehicle }: ShopperNeedsService): string =>
  JSON.stringify([needs, wants, customerIs, transport, vehicle.make, vehicle.model, vehicle.vin]);

/** To the salesperson's partner if there is one, so that they hand the customer to somebody they know; else by turns. */
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

/** The first of the orders that closed before their handoff was noted with the car. */
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

/** The dealer system closed an order of the car, or of its customer where Sales did not know the VIN. */
export const decideClosed = (
  before: Repair,
  visit: ClosedOrder & { readonly vehicle: Vehicle },
  context: Context,
): Decision<Repair> =>
  isSameCar(before.facts.asked?.vehicle, visit.vehicle)
    ? decideVisit(before, visit, context)
    : unchanged(before, 'of-another-car');

/** By the VIN where Sales knew it; else nothing that was said of the car may speak against it. */
function isSameCar(asked: Vehicle | undefined, came: Vehicle): boolean {
  if (!asked) return false;
  if (!isStandIn(asked.vin)) return asked.vin === came.vin;
  return (['year', 'make', 'model'] as const).every((one) => agrees(asked[one], came[one]));
}

const agrees = (said: string | number | undefined, is: string | number | undefined): boolean =>
  said === undefined || is === undefined || String(said).toLowerCase() === String(is).toLowerCase();

/**
 * The dealer system closed an order of the car. It ends what nobody reported; what was reported stays, with the numbers
 * of the order.
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
  // Taking the report back would leave open what the dealer system closed.
  if (isOver(task)) return decide(task, context).lockUndo().done('noted');
  return decide(task, context)
    .end({ trigger: 'outcome', outcome: outcomeOf(visit), by: 'dms', knownTo: senderOf(task) })
    .also(reportToSales)
    .done('completed');
}

/**
 * The order was entered wrong, so nothing is known from it any more, and the next one of the visit counts. The handoff stays
 * over: whoever has it may have told Sales, or does now.
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

/** Closed after the shopper came: on a later day, or later that day. Sending them again does not change when they came. */
function isOfVisit(before: Repair, asked: ShopperFact, visit: ClosedOrder, { store }: Context): boolean {
  const cameAt = before.started?.at ?? asked.occurredAt;
  const cameOn = localDate(store.timeZone, cameAt);
  if (visit.storeId !== before.storeId || visit.closedOn < cameOn) return false;
  return visit.closedOn > cameOn || visit.occurredAt >= cameAt;
}

/** Whoever paid, it was fixed; nothing paid and something declined is a no. */
function outcomeOf({ customerPayCents, warrantyCents, internalCents, declined }: ClosedOrder): Outcome {
  if (customerPayCents > 0 || warrantyCents > 0 || internalCents > 0) return 'fixed';
  return declined.length > 0 ? 'declined' : 'order-closed';
}

/** Whoever sent the customer over hears what came of it, and is asked later how the car is. */
export function reportToSales(before: Draft<Repair>): Draft<Repair> {
  const sender = senderOf(before.task);
  if (sender === undefined) return before;
  return before
    .email({ message: 'repair-report', to: { staff: sender }, again: true })
    .deadline('follow-up', recheckAt(before.task, before.context));
}

/** A customer whose car is not worth fixing is with Sales again at once. */
function recheckAt({ ended }: Repair, { group, store, today, calendar }: Context): string | undefined {
  const isKept = ended?.outcome === 'fixed' || ended?.outcome === 'declined';
  if (!isKept || group.recheckAfterDays === 0) return undefined;
  return nextOpen(calendar('sales'), startOfDay(store.timeZone, addDays(today, group.recheckAfterDays)));
}

/** Late is harmless: each tick only puts back what was put by, and asks. */
export function tickRepair(task: Repair, context: Context): Repair {
  const { release } = task.deadlines;
  if (task.state === 'waiting' && release !== undefined && release <= context.now)
    return decide(task, context)
      .deadline('release', undefined)
      .step('release', { by: 'clock' })
      .startDeadline('accept').task;
  return followUp(task, context);
}

/** One deadline: until the visit is over for the promised price, after it for the re-check. */
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

/** The customer gets one letter from whoever accepted first. */
export function writeToCustomer(task: Repair, context: Context): Repair {
  const isWritten = lettersOf(task).some(({ state }) => state !== 'lapsed');
  return isWritten
    ? task
    : decide(task, context).email({ message: 'repair-letter', to: 'customer', again: true }).task;
}
