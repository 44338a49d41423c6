import type { DealUnwound } from '../../contracts/deal-unwound.ts';
import type { FirstServiceDue } from '../../contracts/first-service-due.ts';
import type { VehicleSold } from '../../contracts/vehicle-sold.ts';
import { addressOf } from '../../customers/customer.ts';
import {
  addDays,
  addMonths,
  calendarOf,
  daysBetween,
  localDate,
  openingOn,
  startOfDay,
} from '../../group/business-time.ts';
import { firstServiceIntervalOf } from '../../group/group.ts';
import { startClock } from '../../handoff/deadlines.ts';
import {
  assign,
  blank,
  type Context,
  changed,
  clearDeadlines,
  type Decision,
  emailsOf,
  end,
  log,
  oweEmail,
  oweEvent,
  sealed,
  setDeadline,
  step,
  unchanged,
} from '../../handoff/draft.ts';
import { routeToService } from '../../handoff/reassign.ts';
import { isEnded, isOpen, type ServiceIntroduction } from '../../handoff/task.ts';
import { findManager } from '../../people/routing.ts';
import { canBeTold, findPerson } from '../../people/staff.ts';
import { isSaleToCustomer, tellPurchase } from './purchase.ts';

/**
 * Sold → Service: the selling salesperson walks the customer to a named advisor, who signs that it happened.
 * The task is the deal's own item: sold and unwound meet here in whatever order they come.
 */
export type Introduction = ServiceIntroduction;

/** Below this the car was sold new: its first service is counted from zero miles. */
const NEW_CAR_MILES = 1_000;

export function blankIntroduction(storeId: string, dealNumber: string, now: string): Introduction {
  const kind = 'service-introduction';
  return { ...blank({ kind, storeId, dealNumber }, now), kind, subject: { dealNumber }, facts: {} };
}

export function decideSold(
  before: Introduction,
  sold: VehicleSold,
  context: Context,
): Decision<Introduction> {
  return tellPurchase(before, decideSale(before, sold, context), context);
}

function decideSale(before: Introduction, sold: VehicleSold, context: Context): Decision<Introduction> {
  const known = before.facts.sold;
  if (known && sold.occurredAt <= known.occurredAt) return unchanged(before, 'already-known');
  const task: Introduction = {
    ...before,
    updatedAt: context.now,
    facts: { ...before.facts, sold },
    firstService: firstServiceOf(sold, context),
    ...(sold.correlationId === undefined ? {} : { correlationId: sold.correlationId }),
  };
  if (!isSaleToCustomer(sold)) {
    // Kept, so that an older word that comes later is known to be older.
    if (before.state === 'awaited') {
      return changed(
        log(task, context.now, 'dms', 'not a retail sale'),
        `not-introduced: ${sold.dealType} deal`,
      );
    }
    const over = end(task, context.now, 'closing fact', { outcome: 'not a retail sale', who: 'dms' });
    return changed(clearDeadlines(over), 'cancelled');
  }
  return known && before.state !== 'awaited'
    ? correct(task, known, sold, context)
    : begin(task, sold, context);
}

export function decideUnwound(
  before: Introduction,
  unwound: DealUnwound,
  context: Context,
): Decision<Introduction> {
  return tellPurchase(before, decideReversal(before, unwound, context), context);
}

function decideReversal(
  before: Introduction,
  unwound: DealUnwound,
  context: Context,
): Decision<Introduction> {
  if (before.facts.unwound) return unchanged(before, 'already-known');
  const { occurredAt, reason } = unwound;
  const task: Introduction = {
    ...before,
    updatedAt: context.now,
    facts: { ...before.facts, unwound: { occurredAt, ...(reason === undefined ? {} : { reason }) } },
    deadlines: {},
  };
  if (isEnded(task)) return changed(log(sealed(task), context.now, 'dms', 'deal unwound'), 'already-ended');
  if (!task.facts.sold) return changed(log(task, context.now, 'dms', 'deal unwound'), 'kept-for-later');
  return changed(
    end(task, context.now, 'closing fact', { outcome: 'deal unwound', who: 'dms' }),
    'cancelled',
  );
}

/** What the clock brings: the delivery's day, and the day to raise the first service. */
export function tickIntroduction(task: Introduction, context: Context): Introduction {
  const { sold } = task.facts;
  if (!sold) return task;
  const released =
    isPast(task.deadlines.release, context) && task.state === 'waiting' ? release(task, sold, context) : task;
  return isPast(released.deadlines['raise-first-service'], context)
    ? raiseFirstService(released, context)
    : released;
}

const isPast = (at: string | undefined, context: Context) => at !== undefined && at <= context.now;

function begin(task: Introduction, sold: VehicleSold, context: Context): Decision<Introduction> {
  const { now, group, store } = context;
  if (task.facts.unwound) {
    return changed(
      end(task, now, 'closing fact', { outcome: 'deal unwound', who: 'dms' }),
      'cancelled: unwound before it came',
    );
  }
  const planned = planFirstService(task, context);
  const today = localDate(store.timeZone, now);
  const delivery = deliveryDate(sold, store.timeZone);
  if (store.mode === 'off')
    return changed(step(planned, 'old fact', now, 'dms', 'the store is off'), 'store-off');
  if (daysBetween(delivery, today) > group.actOnFactsOfDays) {
    return changed(step(planned, 'old fact', now, 'dms', 'sold too long ago'), 'kept-for-history');
  }
  if (delivery > today) {
    const waiting = step(planned, 'early fact', now, 'dms', `delivery on ${delivery}`);
    return changed(setDeadline(waiting, 'release', dayBegins(delivery, context)), 'waiting-for-delivery');
  }
  return changed(introduce(step(planned, 'opening fact', now, 'dms'), sold, context), 'created');
}

function release(task: Introduction, sold: VehicleSold, context: Context): Introduction {
  const due = setDeadline(task, 'release', undefined);
  return introduce(step(due, 'release', context.now, 'clock'), sold, context);
}

function introduce(task: Introduction, sold: VehicleSold, context: Context): Introduction {
  const { now } = context;
  const routed = routeToService(sold.customer.customerNumber, sold.serviceAdvisorNumber, context);
  const assigned = startClock(assign(task, routed, now), 'accept', context);
  const told = tellSales(
    oweEmail(assigned, now, { message: 'introduction-to-sign', to: { staff: routed.employeeNumber } }),
    sold,
    context,
  );
  return oweEvent(introduceToCustomer(told, sold, now), now, 'handoff-task-created');
}

function introduceToCustomer(task: Introduction, sold: VehicleSold, now: string): Introduction {
  if (sold.customer.email === undefined) return log(task, now, 'dms', 'no email address of the customer');
  return oweEmail(task, now, { message: 'introduction-to-customer', to: 'customer' });
}

/** The first owns the customer and walks them over; the others are told. The part of who is gone falls to the manager. */
function tellSales(task: Introduction, sold: VehicleSold, context: Context): Introduction {
  const { now, roster, store } = context;
  const today = localDate(store.timeZone, now);
  const active = sold.salespeople
    .map(({ employeeNumber }) => findPerson(roster, employeeNumber))
    .map((person) => (person && canBeTold(person, today) ? person.employeeNumber : undefined));
  const owner = active[0] ?? findManager({ department: 'sales', roster, on: today })?.employeeNumber;
  const walked = owner ? oweEmail(task, now, { message: 'walk-over', to: { staff: owner } }) : task;
  const others = active.slice(1).filter((number) => number !== undefined && number !== owner);
  return others.reduce<Introduction>(
    (one, staff) => (staff ? oweEmail(one, now, { message: 'sale-notice', to: { staff } }) : one),
    walked,
  );
}

/** A newer version of a sale that is known: what it changes for the people, and nothing else. */
function correct(
  task: Introduction,
  known: VehicleSold,
  sold: VehicleSold,
  context: Context,
): Decision<Introduction> {
  const { now, store } = context;
  if (isEnded(task)) return changed(log(task, now, 'dms', 'sale corrected'), 'already-ended');
  const planned = log(planFirstService(task, context), now, 'dms', 'sale corrected');
  const delivery = deliveryDate(sold, store.timeZone);
  if (planned.state === 'waiting') {
    const today = localDate(store.timeZone, now);
    const at = delivery > today ? dayBegins(delivery, context) : now;
    return changed(tickIntroduction(setDeadline(planned, 'release', at), context), 'corrected');
  }
  if (!isOpen(planned)) return changed(planned, 'corrected');
  const told = tellSales(planned, sold, context);
  return changed(mendAddress(told, known, sold, now), 'corrected');
}

/** A missing or failing address that a correction brings: the introduction goes out, once. */
function mendAddress(task: Introduction, known: VehicleSold, sold: VehicleSold, now: string): Introduction {
  if (sold.customer.email === undefined || sold.customer.email === known.customer.email) return task;
  const sent = emailsOf(task, 'introduction-to-customer', 'customer');
  const failed = sent.every((entry) => entry.state === 'given-up' || entry.reported === 'bounced');
  // The DMS's new address goes before the one that staff were given and that failed.
  return failed
    ? oweEmail({ ...task, customerEmail: undefined }, now, {
        message: 'introduction-to-customer',
        to: 'customer',
        again: true,
      })
    : task;
}

function firstServiceOf(sold: VehicleSold, { group, store }: Context) {
  const interval = firstServiceIntervalOf(group, store);
  const from = sold.vehicle.odometerMiles ?? 0;
  return {
    dueOn: sold.firstService?.dueOn ?? addMonths(deliveryDate(sold, store.timeZone), interval.months),
    dueMiles: sold.firstService?.dueMiles ?? interval.miles + (from < NEW_CAR_MILES ? 0 : from),
  };
}

const deliveryDate = (sold: VehicleSold, timeZone: string) =>
  localDate(timeZone, sold.deliveryAt ?? sold.occurredAt);

/** When Sales opens on that day; on a day it is closed, when the day begins. */
function dayBegins(date: string, { store }: Context): string {
  return openingOn(calendarOf(store, 'sales'), date) ?? startOfDay(store.timeZone, date);
}

/** The sale's own due date raises the first service, in case no DMS does. What is long past is not raised. */
function planFirstService(task: Introduction, context: Context): Introduction {
  const { group, store, now } = context;
  if (!task.firstService) return task;
  const { dueOn } = task.firstService;
  if (dueOn < localDate(store.timeZone, now)) return setDeadline(task, 'raise-first-service', undefined);
  const invite = addDays(dueOn, -group.firstService.inviteDaysBefore);
  const at = openingOn(calendarOf(store, 'service'), invite) ?? startOfDay(store.timeZone, invite);
  return setDeadline(task, 'raise-first-service', at);
}

function raiseFirstService(task: Introduction, context: Context): Introduction {
  const raised = setDeadline(task, 'raise-first-service', undefined);
  return oweEvent(
    log(raised, context.now, 'clock', 'first service raised'),
    context.now,
    'first-service-due',
  );
}

/** The detail of the `first-service-due` that the sale raises itself. */
export function firstServiceOfSale(task: Introduction, now: string): FirstServiceDue | undefined {
  const { sold } = task.facts;
  if (!sold || !task.firstService) return undefined;
  const advisor = task.assignee?.employeeNumber ?? sold.serviceAdvisorNumber;
  return {
    version: 1,
    storeId: task.storeId,
    occurredAt: now,
    customer: { ...sold.customer, email: addressOf(task) },
    vehicle: sold.vehicle,
    ...task.firstService,
    dealNumber: sold.dealNumber,
    salespersonNumber: sold.salespeople[0]?.employeeNumber,
    ...(advisor === undefined ? {} : { serviceAdvisorNumber: advisor }),
    ...(sold.promises ? { promises: sold.promises } : {}),
    ...(sold.prepaid ? { prepaid: sold.prepaid } : {}),
    ...(task.correlationId === undefined ? {} : { correlationId: task.correlationId }),
  };
}
