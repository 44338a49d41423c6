import type { RepairOrderVoided } from '../../contracts/repair-order-voided.ts';
import type { UpgradeConversationDue } from '../../contracts/upgrade-conversation-due.ts';
import { addDays, calendarOf, localDate, nextOpen, startOfDay } from '../../group/business-time.ts';
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
import { wasGiven } from '../../handoff/reassign.ts';
import {
  type Asker,
  type Assignee,
  isEnded,
  isOpen,
  type RepairOptions,
  type UpgradeConversation,
} from '../../handoff/task.ts';
import { type Routed, route } from '../../people/routing.ts';
import { reasonText } from '../../readiness/wording.ts';
import { BOUGHT, isOverByPurchase } from '../introduction/purchase.ts';

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

/** Which place under the caps was claimed for it: today's, a later day's of the person, or none of the customer's. */
export type Place =
  | { readonly on: 'today' }
  | { readonly on: 'later'; readonly date: string; readonly why: string }
  | { readonly on: 'never'; readonly of: 'person' | 'customer'; readonly why: string };

export function decideUpgradeDue(
  before: UpgradeConversation,
  due: UpgradeConversationDue,
  order: RepairOptions,
  place: Place,
  context: Context,
): Decision<UpgradeConversation> {
  const { quote } = order.facts;
  const known = before.facts.asked;
  // By the quote's own time, too: two events about one order may be asked within one tick of two clocks.
  const newerQuote = quote && quote.occurredAt > (before.facts.quote?.occurredAt ?? '');
  if (!quote || (known && due.occurredAt <= known.occurredAt && !newerQuote)) {
    return unchanged(before, 'already-known');
  }
  if (isWithdrawn(due)) return withdraw({ ...before, facts: { ...before.facts, quote } }, due, context);
  const task: UpgradeConversation = {
    ...before,
    updatedAt: context.now,
    facts: {
      ...before.facts,
      asked: { occurredAt: due.occurredAt, by: askerOf(due, known?.by) },
      quote,
      ...(order.assignee ? { originatorNumber: order.assignee.employeeNumber } : {}),
    },
    ...(order.assessment ? { assessment: order.assessment } : {}),
    ...(order.history ? { history: order.history } : {}),
    ...(order.correlationId === undefined ? {} : { correlationId: order.correlationId }),
  };
  const routed = () => routeUpgrade(order, context);
  if (before.state === 'awaited') return begin(task, routed(), place, context);
  return isAskedAnew(before, due, order)
    ? beginAgain(task, routed(), place, context)
    : correct(before, task, context);
}

/** Whether this event starts the conversation, and so needs a place under the caps. */
export const isStarting = (
  before: UpgradeConversation,
  due: UpgradeConversationDue,
  order: RepairOptions,
): boolean => !isWithdrawn(due) && (before.state === 'awaited' || isAskedAnew(before, due, order));

/** It is wanted after all: what held it was a cap, the rule's silence, or a word or a quote that was taken back. */
function isAskedAnew(
  { state, overCap, ended }: UpgradeConversation,
  { askedBy }: UpgradeConversationDue,
  { assessment }: RepairOptions,
): boolean {
  if (askedBy === 'assessment') return ended?.outcome === NO_REASON && assessment?.nudge === true;
  if (state === 'waiting') return overCap !== undefined && askedBy === 'customer';
  return state === 'history' || (state === 'cancelled' && isOneOf(ended?.outcome, withdrawn));
}

const isWithdrawn = ({ askedBy }: UpgradeConversationDue) =>
  isOneOf(askedBy, ['taken back', 'repair chosen']);

/** The customer's own wish is the strongest; a correction by the rule does not make it the rule's again. */
function askerOf({ askedBy }: UpgradeConversationDue, known: Asker = 'assessment'): Asker {
  if (askedBy === 'customer' || known === 'customer') return 'customer';
  return askedBy === 'advisor' ? 'advisor' : known;
}

/** How a conversation ends that Sales need not have any more, and that a person may want after all. */
const outcomes = {
  'taken back': 'the advisor took it back',
  'repair chosen': 'the customer chose the repair',
} as const;
const NO_REASON = 'the newer quote gives no reason any more';
const withdrawn: readonly string[] = [...Object.values(outcomes), NO_REASON];

/**
 * The advisor took it back, or the customer chose the repair: whoever was told hears that there is nothing to do. A
 * salesperson who is already at it hears what was chosen, and says how it ended.
 */
function withdraw(
  before: UpgradeConversation,
  { askedBy, occurredAt }: UpgradeConversationDue,
  context: Context,
): Decision<UpgradeConversation> {
  if (isEnded(before) || before.state === 'history') return unchanged(before, 'already-known');
  const asked = { by: before.facts.asked?.by ?? 'assessment', occurredAt };
  const task: UpgradeConversation = { ...before, facts: { ...before.facts, asked } };
  // It came before what it takes back: the older word finds it here, and starts nothing.
  if (task.state === 'awaited') return changed(task, 'kept-for-later');
  const outcome = askedBy === 'repair chosen' ? outcomes[askedBy] : outcomes['taken back'];
  if (askedBy === 'repair chosen' && task.state === 'accepted' && task.assignee) {
    const change = {
      change: 'The customer chose to have the car repaired. Please note how your conversation ended.',
    };
    return changed(sayCorrected(task, task.assignee, change, context), 'corrected');
  }
  return changed(end(task, context.now, 'closing fact', { outcome, who: 'advisor' }), 'taken-back');
}

export function decideUpgradeVoided(
  before: UpgradeConversation,
  { occurredAt, reason }: Pick<RepairOrderVoided, 'occurredAt' | 'reason'>,
  context: Context,
): Decision<UpgradeConversation> {
  if (before.facts.voided) return unchanged(before, 'already-known');
  const voided = { occurredAt, reason };
  const task = { ...before, updatedAt: context.now, facts: { ...before.facts, voided } };
  if (isEnded(task)) return changed(sealed(task), 'already-ended');
  if (!task.facts.quote) return changed(task, 'kept-for-later');
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
  // What a cap held is not lost: it comes as a call on the day that it waits for.
  if (wasNudged(task) || task.overCap) return changed(log(task, context.now, 'dms', 'the car left'), 'noted');
  return changed(end(task, context.now, 'closing fact', carLeft), 'cancelled');
}

/** The day that it waited for has come: what was over the person's cap is theirs now, over the customer's it rests. */
export function tickUpgrade(task: UpgradeConversation, context: Context): UpgradeConversation {
  const { release } = task.deadlines;
  if (task.facts.closed && isOpen(task) && !wasNudged(task) && !task.overCap)
    return end(task, context.now, 'closing fact', carLeft);
  if (task.state !== 'waiting' || release === undefined || release > context.now) return task;
  const due = setDeadline(task, 'release', undefined);
  if (task.overCap && task.overCap.until === undefined)
    return step(due, 'cap', context.now, 'clock', task.overCap.why);
  const back = step(due, 'release', context.now, 'clock');
  return wasGiven(task) ? startClock(back, 'accept', context) : nudge(back, context);
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
  const { now } = context;
  const { asked } = task.facts;
  const outcome = overBeforeItBegan(task, context);
  if (outcome !== undefined) {
    return changed(end(task, now, 'closing fact', { outcome, who: 'dms' }), `cancelled: ${outcome}`);
  }
  if (!task.assessment?.nudge && asked?.by !== 'customer') {
    return unchanged(task, 'not-ready');
  }
  const assigned = assign(task, routed, now);
  if (place.on !== 'today') return changed(hold(assigned, place, context), 'over-the-cap');
  return changed(nudge(step(assigned, 'opening fact', now, 'dms'), context), 'created');
}

function overBeforeItBegan(task: UpgradeConversation, context: Context): string | undefined {
  if (task.facts.voided) return 'order voided';
  if (task.facts.closed) return carLeft.outcome;
  return isOverByPurchase(task, context) ? BOUGHT : undefined;
}

/** A person wants the conversation that was held or taken back: it is given anew, to whoever would get it now. */
function beginAgain(
  task: UpgradeConversation,
  routed: Routed,
  place: Place,
  context: Context,
): Decision<UpgradeConversation> {
  if (place.on !== 'today') return changed(task, 'over-the-cap');
  if (isOverByPurchase(task, context)) return changed(task, `not begun: ${BOUGHT}`);
  const { ended: _over, overCap: _held, ...rest } = clearDeadlines(task);
  const assigned = assign(step(rest, 'asked anew', context.now, 'advisor'), routed, context.now);
  return changed(nudge(assigned, context, true), 'created');
}

/**
 * Over a cap, kept with the reason: the person's, until the morning of the day whose place was claimed; the customer's,
 * through the next business day, so that the summaries of that day tell of it.
 */
function hold(
  task: UpgradeConversation,
  place: Exclude<Place, { on: 'today' }>,
  { store, now }: Context,
): UpgradeConversation {
  const calendar = calendarOf(store, 'sales');
  const opening = (date: string) => nextOpen(calendar, startOfDay(store.timeZone, date));
  const tomorrow = opening(addDays(localDate(store.timeZone, now), 1));
  const release =
    place.on === 'later'
      ? opening(place.date)
      : startOfDay(store.timeZone, addDays(localDate(store.timeZone, tomorrow), 1));
  const overCap = {
    at: now,
    of: place.on === 'later' ? ('person' as const) : place.of,
    why: place.why,
    ...(place.on === 'later' ? { until: localDate(store.timeZone, release) } : {}),
  };
  return setDeadline({ ...step(task, 'early fact', now, 'cap', place.why), overCap }, 'release', release);
}

function nudge(task: UpgradeConversation, context: Context, again = false): UpgradeConversation {
  if (!task.assignee) return task;
  const to = { staff: task.assignee.employeeNumber };
  const nudging = { message: 'upgrade-nudge', to, again };
  const told = oweEmail(startClock(task, 'accept', context), context.now, nudging);
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
    const how = { outcome: NO_REASON, who: 'dms' };
    return changed(end(task, now, 'closing fact', how), 'withdrawn');
  }
  if (!isOpen(task) || !task.assignee || !wasNudged(task)) return changed(task, 'noted');
  const change = changeOf(before, task);
  if (!change) return changed(task, 'noted');
  return changed(
    sayCorrected(log(task, now, 'dms', 'quote changed'), task.assignee, change, context),
    'corrected',
  );
}

function sayCorrected(
  task: UpgradeConversation,
  { employeeNumber }: Assignee,
  note: Record<string, string>,
  { now }: Context,
): UpgradeConversation {
  return oweEmail(task, now, {
    message: 'nudge-corrected',
    to: { staff: employeeNumber },
    note,
    again: true,
  });
}

/** What the salesperson was told and is not so any more; nothing where only the age of the facts changed. */
function changeOf(
  before: UpgradeConversation,
  after: UpgradeConversation,
): Record<string, string> | undefined {
  const [was, is] = [before.facts.quote?.quote, after.facts.quote?.quote];
  if (was?.totalCents !== is?.totalCents) {
    return { wasCents: String(was?.totalCents ?? ''), isCents: String(is?.totalCents ?? '') };
  }
  const says = (one: UpgradeConversation) => JSON.stringify(one.assessment?.reasonsFor.map(reasonText));
  if (says(before) !== says(after)) return { change: 'What speaks for a conversation changed.' };
  const work = (one: typeof was) =>
    JSON.stringify(one?.lines.map(({ description, answer }) => [description, answer]));
  if (work(was) !== work(is))
    return { change: 'The work that is quoted, or what was declined of it, changed.' };
  const promised = (one: UpgradeConversation) => one.facts.quote?.promisedAt;
  return promised(before) === promised(after)
    ? undefined
    : { change: 'The car is promised for another time.' };
}

const isOneOf = (text: string | undefined, list: readonly string[]) =>
  text !== undefined && list.includes(text);
