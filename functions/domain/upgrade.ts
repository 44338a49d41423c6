import type { RepairOrderVoided } from '../contracts/repair-order-voided.ts';
import type { UpgradeConversationDue } from '../contracts/upgrade-conversation-due.ts';
import { calendarOf, localDate, nextOpen, startOfDay } from './business-time.ts';
import { startClock } from './clocks.ts';
import {
  assign,
  blank,
  type Context,
  changed,
  type Decision,
  emailsOf,
  end,
  log,
  oweEmail,
  oweEvent,
  setDeadline,
  step,
  unchanged,
} from './draft.ts';
import { type Routed, route } from './routing.ts';
import { isEnded, isOpen, type RepairOptions, type UpgradeConversation } from './task.ts';

/**
 * Service → Sales: a salesperson hears that a long-term service customer may be ready to upgrade, with the reasons
 * and the advisor to talk to first. The facts come from the repair order's item, as they stand when this is decided.
 */
export function blankUpgrade(storeId: string, roNumber: string, now: string): UpgradeConversation {
  const kind = 'upgrade-conversation';
  return { ...blank({ kind, storeId, roNumber }, now), kind, subject: { roNumber }, facts: {} };
}

/** Who would get it: the customer's own salesperson, the advisor's partner, a fair choice, the manager. */
export function routeUpgrade(order: RepairOptions, { roster, store, now }: Context): Routed {
  const customer = order.facts.quote?.customer.customerNumber ?? order.subject.roNumber;
  return route({
    department: 'sales',
    roster,
    on: localDate(store.timeZone, now),
    ownNumber: order.facts.quote?.salespersonNumber,
    advisorNumber: order.assignee?.employeeNumber,
    customer: `${store.id}/${customer}`,
  });
}

/** Which place under the caps was claimed for it: today's, a later day's, or none. */
export type Place =
  | { readonly on: 'today' }
  | { readonly on: 'later'; readonly date: string; readonly why: string }
  | { readonly on: 'never'; readonly why: string };

export function decideUpgradeDue(
  before: UpgradeConversation,
  { occurredAt, askedBy }: UpgradeConversationDue,
  order: RepairOptions,
  place: Place,
  context: Context,
): Decision<UpgradeConversation> {
  const { quote } = order.facts;
  const known = before.facts.asked;
  // By the quote's own time, too: two events about one order may be asked within one tick of two clocks.
  const newerQuote = quote && quote.occurredAt > (before.facts.quote?.occurredAt ?? '');
  if (!quote || (known && occurredAt <= known.occurredAt && !newerQuote)) {
    return unchanged(before, 'already-known');
  }
  if (askedBy === 'taken back') return takeBack(before, occurredAt, context);
  const by = known?.by === 'customer' ? known.by : askedBy;
  const task: UpgradeConversation = {
    ...before,
    updatedAt: context.now,
    facts: {
      ...before.facts,
      asked: { occurredAt, by },
      quote,
      ...(order.assignee ? { originatorNumber: order.assignee.employeeNumber } : {}),
    },
    ...(order.assessment ? { assessment: order.assessment } : {}),
    ...(order.correlationId === undefined ? {} : { correlationId: order.correlationId }),
  };
  if (known) return correct(before, task, context);
  return begin(task, routeUpgrade(order, context), place, context);
}

/** The advisor took "open to looking" back: whoever was told hears that there is nothing to do. */
function takeBack(
  before: UpgradeConversation,
  occurredAt: string,
  context: Context,
): Decision<UpgradeConversation> {
  const { asked } = before.facts;
  if (!asked || isEnded(before) || before.state === 'history') return unchanged(before, 'already-known');
  const task = { ...before, facts: { ...before.facts, asked: { ...asked, occurredAt } } };
  const how = { outcome: 'the advisor took it back', who: 'advisor' };
  return changed(end(task, context.now, 'closing fact', how), 'taken-back');
}

export function decideUpgradeVoided(
  before: UpgradeConversation,
  { occurredAt }: Pick<RepairOrderVoided, 'occurredAt'>,
  context: Context,
): Decision<UpgradeConversation> {
  if (before.facts.voided) return unchanged(before, 'already-known');
  const task = { ...before, updatedAt: context.now, facts: { ...before.facts, voided: { occurredAt } } };
  if (isEnded(task) || !task.facts.quote) return changed(task, 'kept-for-later');
  return changed(
    end(task, context.now, 'closing fact', { outcome: 'order voided', who: 'dms' }),
    'cancelled',
  );
}

/** The car left. A nudge that was sent stands, and may be worth a call; one that was not has lost its moment. */
export function decideCarLeft(
  before: UpgradeConversation,
  { occurredAt }: { occurredAt: string },
  context: Context,
): Decision<UpgradeConversation> {
  if (before.facts.closed) return unchanged(before, 'already-known');
  const task = { ...before, updatedAt: context.now, facts: { ...before.facts, closed: { occurredAt } } };
  if (isEnded(task) || !task.facts.quote) return changed(task, 'kept-for-later');
  if (isOpen(task) && wasNudged(task)) return changed(log(task, context.now, 'dms', 'the car left'), 'noted');
  return changed(end(task, context.now, 'closing fact', carLeft), 'cancelled');
}

/** The day on which a place under the caps was claimed has come: what was over the cap is kept, not lost. */
export function tickUpgrade(task: UpgradeConversation, context: Context): UpgradeConversation {
  const { release } = task.deadlines;
  if (task.facts.closed && isOpen(task) && !wasNudged(task))
    return end(task, context.now, 'closing fact', carLeft);
  if (task.state !== 'waiting' || release === undefined || release > context.now) return task;
  return nudge(step(setDeadline(task, 'release', undefined), 'release', context.now, 'clock'), context);
}

const carLeft = { outcome: 'the car left before Sales was told', who: 'dms' };
const wasNudged = (task: UpgradeConversation) =>
  emailsOf(task, 'upgrade-nudge').some((entry) => ['sending', 'sent', 'unknown'].includes(entry.state));

function begin(
  task: UpgradeConversation,
  routed: Routed,
  place: Place,
  context: Context,
): Decision<UpgradeConversation> {
  const { now, store } = context;
  const { voided, closed, asked } = task.facts;
  if (voided || closed) {
    const outcome = voided ? 'order voided' : 'the car left before Sales was told';
    return changed(end(task, now, 'closing fact', { outcome, who: 'dms' }), `cancelled: ${outcome}`);
  }
  if (!task.assessment?.nudge && asked?.by !== 'customer') {
    return unchanged(task, 'not-ready');
  }
  const assigned = assign(task, routed, now);
  if (place.on === 'never') return changed(step(assigned, 'old fact', now, 'cap', place.why), 'over-the-cap');
  if (place.on === 'later') {
    const opening = nextOpen(calendarOf(store, 'sales'), startOfDay(store.timeZone, place.date));
    const waiting = step(assigned, 'early fact', now, 'cap', place.why);
    return changed(setDeadline(waiting, 'release', opening), 'over-the-cap');
  }
  return changed(nudge(step(assigned, 'opening fact', now, 'dms'), context), 'created');
}

function nudge(task: UpgradeConversation, context: Context): UpgradeConversation {
  if (!task.assignee) return task;
  const to = { staff: task.assignee.employeeNumber };
  const told = oweEmail(startClock(task, 'accept', context), context.now, { message: 'upgrade-nudge', to });
  return oweEvent(told, context.now, 'handoff-task-created');
}

/** The order's newer quote corrects what was said: other numbers, or no reason any more. */
function correct(
  before: UpgradeConversation,
  task: UpgradeConversation,
  context: Context,
): Decision<UpgradeConversation> {
  const { now } = context;
  if (isEnded(task)) return changed(task, 'noted');
  if (!task.assessment?.nudge && task.facts.asked?.by !== 'customer') {
    if (task.state === 'history') return changed(task, 'noted');
    const how = { outcome: 'the newer quote gives no reason any more', who: 'dms' };
    return changed(end(task, now, 'closing fact', how), 'withdrawn');
  }
  if (!isOpen(task) || !task.assignee || !wasNudged(task)) return changed(task, 'noted');
  const was = before.facts.quote?.quote.totalCents;
  const is = task.facts.quote?.quote.totalCents;
  if (was === is) return changed(task, 'noted');
  const to = { staff: task.assignee.employeeNumber };
  const note = { wasCents: String(was ?? ''), isCents: String(is ?? '') };
  const told = oweEmail(log(task, now, 'dms', 'quote changed'), now, {
    message: 'nudge-corrected',
    to,
    note,
    again: true,
  });
  return changed(told, 'corrected');
}
