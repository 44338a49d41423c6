import { isNewer, type Received } from '../../contracts/fact-version.ts';
import type { ShopperNeedsService } from '../../contracts/shopper-needs-service.ts';
import { isStandIn } from '../../customers/without-placeholders.ts';
import { daysBetween, localDate } from '../../group/business-time.ts';
import { withRecordedChoice } from '../../handoff/answer.ts';
import type { Context } from '../../handoff/context.ts';
import { type Decision, type Draft, draft, repeated, unchanged } from '../../handoff/draft.ts';
import { decideOlderWord } from '../../handoff/first-word.ts';
import { isEnded, isOpen } from '../../handoff/task.ts';
import { numberAt } from '../../people/across-stores.ts';
import { findManager, type Routed } from '../../people/routing.ts';
import { decideOver } from '../any-kind/over-before.ts';
import { routeToService } from '../any-kind/route-to-service.ts';
import {
  isOver,
  isOverBefore,
  lettersOf,
  type RepairInstead,
  repairInsteadTraits,
  type ShopperFact,
  senderOf,
} from './task.ts';

/**
 * Sales → Service: a shopper whose car is merely broken goes to a named advisor, who gives a price by the promised time and
 * reports back. Each such visit of a customer has one item, so if two people start it, there is still only one.
 */
type Repair = RepairInstead;

const decide = (task: Repair, context: Context) => draft(task, repairInsteadTraits, context);

export function decideNeeds(
  before: Repair,
  asked: Received<ShopperFact>,
  context: Context,
): Decision<Repair> {
  const { asked: known } = before.facts;
  if (!isNewer(asked, known)) return decideOlderWord(before, asked, context);
  if (isOver(before))
    return isOverBefore(before, asked.occurredAt) ? decideOver(before) : unchanged(before, 'already-over');
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
    .when(asked.customer.email === undefined, (current) => current.noAddress())
    .announce()
    .also(awaitOrder)
    .done('created');
}

/** Waits for a closed order of the car, unless the car is unknown. */
const awaitOrder = (task: Draft<Repair>): Draft<Repair> =>
  task.when(!isStandIn(task.task.facts.asked?.vehicle.vin ?? ''), (draft) => draft.event('shopper-expected'));

/**
 * Somebody else starts the same visit, or corrects it: the newer report stands, but the sender stays the person who sent the
 * customer over first.
 */
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

/** The salesperson's partner if there is one, so that they hand the customer to somebody they know; else a fair choice. */
export const advisorFor = (task: Repair, not: readonly string[] | undefined, context: Context): Routed =>
  routeToService(
    task.facts.asked?.customer ?? { customerNumber: task.taskId },
    { partnerOf: senderOf(task), not },
    context,
  );

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
