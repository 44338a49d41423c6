import type { DealUnwound } from '../../contracts/deal-unwound.ts';
import type { FirstServiceDue } from '../../contracts/first-service-due.ts';
import type { ServiceVisitCompleted } from '../../contracts/service-visit-completed.ts';
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
  blank,
  type Context,
  changed,
  clearDeadlines,
  type Decision,
  emailsOf,
  end,
  log,
  sealed,
  setDeadline,
  step,
  unchanged,
} from '../../handoff/draft.ts';
import { wasGiven } from '../../handoff/reassign.ts';
import { type FirstServiceVisit, isEnded, isOpen } from '../../handoff/task.ts';
import { currentAppointment, inviteCustomer, openVisit, remindTheDayBefore } from './visit.ts';

/**
 * The customer comes back for the first service: invited to book, met by the salesperson who sold the car. Everything
 * that concerns this customer's car at this store meets in one item: the due date, appointments, the visit.
 */
export function blankFirstService(
  storeId: string,
  subject: { vin: string; customerNumber: string },
  now: string,
): FirstServiceVisit {
  const kind = 'first-service-visit';
  const { vin, customerNumber } = subject;
  return {
    ...blank({ kind, storeId, vin, customerNumber }, now),
    kind,
    subject: { vin, customerNumber },
    facts: { appointments: [] },
  };
}

export function decideDue(
  before: FirstServiceVisit,
  due: FirstServiceDue,
  raisedByUs: boolean,
  context: Context,
): Decision<FirstServiceVisit> {
  const known = before.facts.due;
  const ours = before.facts.raisedByUs === true;
  // A word of the DMS replaces the date that the sale gave us; ours never replaces one of the DMS.
  const isOther = known !== undefined && isOfLaterDeal(due, known);
  const newer = !known || isOther || (!raisedByUs && (ours || due.occurredAt > known.occurredAt));
  if (!newer) return unchanged(before, 'already-known');
  const task: FirstServiceVisit = {
    ...before,
    updatedAt: context.now,
    facts: { ...before.facts, due: known && !isOther ? withWhatWasKnown(due, known) : due, raisedByUs },
    ...(due.correlationId === undefined ? {} : { correlationId: due.correlationId }),
  };
  const isOver = isEnded(task) || task.state === 'history';
  if (isOther && isOver) return begin(soldAgain(task, context), due, context);
  return known ? correct(task, known, due, context) : begin(task, due, context);
}

/** A lease that was bought out, a deal that was written anew: a new sale has a new deal number. */
const isOfLaterDeal = (due: FirstServiceDue, known: FirstServiceDue) =>
  due.dealNumber !== undefined &&
  known.dealNumber !== undefined &&
  due.dealNumber !== known.dealNumber &&
  due.occurredAt > known.occurredAt;

/** The same item begins anew. Nobody was told of this handoff yet, whoever was told of the one before. */
function soldAgain(task: FirstServiceVisit, { now }: Context): FirstServiceVisit {
  const { ended: _over, undo: _no, declinedBy: _one, assignee: _was, ...rest } = clearDeadlines(task);
  return step({ ...rest, earlierEntries: task.entriesMade }, 'sold again', now, 'dms');
}

/**
 * A closed order is the first visit. One that the dealer paid alone is it only once the first service is due, when it
 * is the prepaid one: before that, it prepares the car for delivery.
 */
export function decideVisited(
  before: FirstServiceVisit,
  visit: ServiceVisitCompleted,
  context: Context,
): Decision<FirstServiceVisit> {
  const isInternal = visit.customerPayCents + visit.warrantyCents === 0 && visit.internalCents > 0;
  if (isInternal && !isOpen(before) && !isEnded(before)) {
    return unchanged(before, 'not-a-visit: internal work only');
  }
  const { occurredAt, roNumber, closedOn } = visit;
  if ((before.facts.visited?.closedOn ?? '') >= closedOn) return unchanged(before, 'already-known');
  const task = {
    ...before,
    updatedAt: context.now,
    facts: { ...before.facts, visited: { occurredAt, roNumber, closedOn } },
  };
  if (isEnded(task)) return before.undo ? changed(sealed(task), 'already-ended') : changed(task, 'noted');
  if (!task.facts.due) return changed(log(task, context.now, 'dms', 'visited'), 'kept-for-later');
  if (task.state === 'history') return changed(task, 'kept-for-history');
  return changed(end(task, context.now, 'outcome', { outcome: 'visited', who: 'dms' }), 'completed');
}

export function decideSaleUnwound(
  before: FirstServiceVisit,
  { occurredAt, dealNumber, reason }: Pick<DealUnwound, 'occurredAt' | 'dealNumber' | 'reason'>,
  context: Context,
): Decision<FirstServiceVisit> {
  const known = before.facts.unwound;
  if (known && (known.dealNumber === dealNumber || known.occurredAt >= occurredAt)) {
    return unchanged(before, 'already-known');
  }
  const unwound = { occurredAt, dealNumber, reason };
  const task = { ...before, updatedAt: context.now, facts: { ...before.facts, unwound } };
  if (task.facts.due && !isUnwound(task, task.facts.due)) return changed(task, 'of-another-deal');
  if (isEnded(task)) return changed(sealed(task), 'already-ended');
  if (!task.facts.due) return changed(log(task, context.now, 'dms', 'deal unwound'), 'kept-for-later');
  return changed(
    end(task, context.now, 'closing fact', { outcome: 'deal unwound', who: 'dms' }),
    'cancelled',
  );
}

/** What the clock brings: the day to invite, and the day before the visit. */
export function tickFirstService(task: FirstServiceVisit, context: Context): FirstServiceVisit {
  const { due } = task.facts;
  const { release, 'day-before': dayBefore } = task.deadlines;
  const isTime = task.state === 'waiting' && release !== undefined && release <= context.now;
  const released = due && isTime ? comeDue(task, due, context) : task;
  if (dayBefore === undefined || dayBefore > context.now) return released;
  return remindTheDayBefore(setDeadline(released, 'day-before', undefined), context);
}

/** Offered for the first time, or back from a rest to the person who has it. */
function comeDue(task: FirstServiceVisit, due: FirstServiceDue, context: Context): FirstServiceVisit {
  const back = step(setDeadline(task, 'release', undefined), 'release', context.now, 'clock');
  return wasGiven(task) ? startClock(back, 'accept', context) : openVisit(back, due, context);
}

/** The sale's advisor, salesperson and promises stay known where the DMS's word leaves them out. */
function withWhatWasKnown(due: FirstServiceDue, known: FirstServiceDue): FirstServiceDue {
  const { dealNumber, salespersonNumber, serviceAdvisorNumber, promises, prepaid, dueMiles } = known;
  const kept = { dealNumber, salespersonNumber, serviceAdvisorNumber, promises, prepaid, dueMiles };
  return { ...kept, ...due };
}

/** The deal that this first service follows was reversed; not another one of the same customer's car. */
function isUnwound({ facts: { unwound } }: FirstServiceVisit, due: FirstServiceDue): boolean {
  if (!unwound) return false;
  const areKnown = unwound.dealNumber !== undefined && due.dealNumber !== undefined;
  return areKnown ? unwound.dealNumber === due.dealNumber : due.occurredAt <= unwound.occurredAt;
}

/** Was here since the sale: what a customer had done to the car before they bought it is no first service. */
function wasHere({ facts: { visited } }: FirstServiceVisit, due: FirstServiceDue, context: Context): boolean {
  const { months } = firstServiceIntervalOf(context.group, context.store);
  return visited !== undefined && visited.closedOn > addMonths(due.dueOn, -months);
}

function begin(task: FirstServiceVisit, due: FirstServiceDue, context: Context): Decision<FirstServiceVisit> {
  const { now, store, group } = context;
  if (isUnwound(task, due)) {
    const ended = end(task, now, 'closing fact', { outcome: 'deal unwound', who: 'dms' });
    return changed(ended, 'cancelled: unwound before it came');
  }
  if (wasHere(task, due, context)) {
    return changed(step(task, 'old fact', now, 'dms', 'the customer has been here'), 'already-visited');
  }
  if (store.mode === 'off')
    return changed(step(task, 'old fact', now, 'dms', 'the store is off'), 'store-off');
  const today = localDate(store.timeZone, now);
  const latest = [due.dueOn, localDate(store.timeZone, due.occurredAt)].toSorted()[1] ?? due.dueOn;
  if (daysBetween(latest, today) > group.actOnFactsOfDays) {
    return changed(step(task, 'old fact', now, 'dms', 'due too long ago'), 'kept-for-history');
  }
  const invite = addDays(due.dueOn, -group.firstService.inviteDaysBefore);
  if (invite > today && !currentAppointment(task, now)) {
    const waiting = step(task, 'early fact', now, 'dms', `invitation on ${invite}`);
    const at = openingOn(calendarOf(store, 'service'), invite) ?? startOfDay(store.timeZone, invite);
    return changed(setDeadline(waiting, 'release', at), 'waiting-to-invite');
  }
  return changed(openVisit(step(task, 'opening fact', now, 'dms'), due, context), 'created');
}

function correct(
  task: FirstServiceVisit,
  known: FirstServiceDue,
  due: FirstServiceDue,
  context: Context,
): Decision<FirstServiceVisit> {
  const { now, store, group } = context;
  if (isEnded(task)) return changed(log(task, now, 'dms', 'due date corrected'), 'already-ended');
  const logged = log(task, now, 'dms', 'due date corrected');
  if (logged.state === 'waiting' && !wasGiven(logged)) {
    const invite = addDays(due.dueOn, -group.firstService.inviteDaysBefore);
    const at = openingOn(calendarOf(store, 'service'), invite) ?? startOfDay(store.timeZone, invite);
    return changed(tickFirstService(setDeadline(logged, 'release', at), context), 'corrected');
  }
  if (!isOpen(logged) && logged.state !== 'waiting') return changed(logged, 'corrected');
  const addressIsNew = due.customer.email !== undefined && due.customer.email !== known.customer.email;
  const written = [
    ...emailsOf(logged, 'first-service-invitation', 'customer'),
    ...emailsOf(logged, 'first-service-confirmation', 'customer'),
  ];
  const reached = written.some((entry) => entry.state !== 'given-up' && entry.reported !== 'bounced');
  return changed(
    addressIsNew && !reached
      ? inviteCustomer({ ...logged, customerEmail: undefined }, context, true)
      : logged,
    'corrected',
  );
}
