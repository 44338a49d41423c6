import type { RepairOrderVoided } from '../../contracts/repair-order-voided.ts';
import type { UpgradeConversationDue } from '../../contracts/upgrade-conversation-due.ts';
import { addDays, localDate, nextOpen, startOfDay } from '../../group/business-time.ts';
import type { Context } from '../../handoff/context.ts';
import { type Decision, type Draft, draft, unchanged } from '../../handoff/draft.ts';
import { emailsOf } from '../../handoff/queue.ts';
import { wasAssignedBefore } from '../../handoff/reassign.ts';
import { isEnded, isOpen, type OutcomeOf } from '../../handoff/task.ts';
import type { Routed } from '../../people/routing.ts';
import { type AssessedOrder, routeToSales } from '../../readiness/assessed-order.ts';
import { reasonText } from '../../readiness/wording.ts';
import { BOUGHT, isOverByPurchase } from './bought.ts';
import {
  type Asker,
  type CapName,
  type NudgeChange,
  type UpgradeConversation,
  upgradeTraits,
} from './task.ts';

/**
 * Service → Sales: a salesperson hears that a long-term service customer may be ready to upgrade, with the reasons
 * and the advisor to talk to first. The facts come from the repair order's item, as they stand when this is decided.
 */
const decide = (task: UpgradeConversation, context: Context) => draft(task, upgradeTraits, context);
type Outcome = OutcomeOf<UpgradeConversation>;

/** Which place under the caps was claimed for it: today's, a later day's of the person, or none of the customer's. */
export type Place =
  | { readonly on: 'today' }
  | { readonly on: 'later'; readonly date: string; readonly cap: CapName }
  | { readonly on: 'never'; readonly cap: CapName };

export function decideUpgradeDue(
  before: UpgradeConversation,
  due: UpgradeConversationDue,
  order: AssessedOrder,
  place: Place,
  context: Context,
): Decision<UpgradeConversation> {
  const { quote } = order.facts;
  const known = before.facts.asked;
  // The quote's own time counts, too: two events about one order may be emitted within one tick of two clocks.
  const isNewerQuote = quote && quote.occurredAt > (before.facts.quote?.occurredAt ?? '');
  if (!quote || (known && due.occurredAt <= known.occurredAt && !isNewerQuote)) {
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
  const routed = () => routeToSales(order, context);
  if (before.state === 'awaited') return begin(task, routed, place, context);
  return isAskedAgain(before, due, order)
    ? beginAgain(task, routed, place, context)
    : correct(before, task, context);
}

/** Whether this event starts the conversation, and so needs a place under the caps. */
export const isStarting = (
  before: UpgradeConversation,
  due: UpgradeConversationDue,
  order: AssessedOrder,
): boolean => !isWithdrawn(due) && (before.state === 'awaited' || isAskedAgain(before, due, order));

/** It is wanted after all: a cap held it, the rule was silent, or a choice or a quote was taken back. */
function isAskedAgain(
  { state, overCap, ended }: UpgradeConversation,
  { askedBy }: UpgradeConversationDue,
  { assessment }: AssessedOrder,
): boolean {
  if (askedBy === 'assessment') return ended?.outcome === NO_REASON && assessment?.nudge === true;
  if (state === 'waiting') return overCap !== undefined && askedBy === 'customer';
  const isWithdrawnBefore = ended !== undefined && withdrawn.has(ended.outcome);
  return state === 'history' || (state === 'cancelled' && isWithdrawnBefore);
}

const isWithdrawn = ({ askedBy }: UpgradeConversationDue) =>
  askedBy === 'taken back' || askedBy === 'repair chosen';

/** The customer's own wish is the strongest; a correction by the rule does not make it the rule's again. */
function askerOf({ askedBy }: UpgradeConversationDue, known: Asker = 'assessment'): Asker {
  if (askedBy === 'customer' || known === 'customer') return 'customer';
  return askedBy === 'advisor' ? 'advisor' : known;
}

/** How a conversation ends that Sales need not have any more, and that a person may want after all. */
const TAKEN_BACK: Outcome = 'the advisor took it back';
const REPAIR_CHOSEN: Outcome = 'the customer chose the repair';
const NO_REASON: Outcome = 'the newer quote gives no reason any more';
const withdrawn: ReadonlySet<Outcome> = new Set([TAKEN_BACK, REPAIR_CHOSEN, NO_REASON]);

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
  const task = decide({ ...before, facts: { ...before.facts, asked } }, context);
  // It came before what it takes back: the older event finds it here, and starts nothing.
  if (before.state === 'awaited') return task.done('kept-for-later');
  const isRepair = askedBy === 'repair chosen';
  if (isRepair && before.state === 'accepted') {
    return task.also(sayCorrected({ code: 'nudge-changed', part: 'repair-chosen' })).done('corrected');
  }
  const outcome = isRepair ? REPAIR_CHOSEN : TAKEN_BACK;
  return task.end({ trigger: 'closing fact', outcome, by: 'advisor' }).done('taken-back');
}

export function decideUpgradeVoided(
  before: UpgradeConversation,
  { occurredAt, reason }: Pick<RepairOrderVoided, 'occurredAt' | 'reason'>,
  context: Context,
): Decision<UpgradeConversation> {
  if (before.facts.voided) return unchanged(before, 'already-known');
  const voided = { occurredAt, reason };
  const task = { ...before, updatedAt: context.now, facts: { ...before.facts, voided } };
  const noted = decide(task, context);
  if (isEnded(task)) return noted.lockUndo().done('already-ended');
  if (!task.facts.quote) return noted.done('kept-for-later');
  return noted.end({ trigger: 'closing fact', outcome: 'order voided', by: 'dms' }).done('cancelled');
}

/** The car left. A nudge that was sent stands, and may be worth a call; one that was not sent is too late. */
export function decideCarLeft(
  before: UpgradeConversation,
  { occurredAt }: { occurredAt: string },
  context: Context,
): Decision<UpgradeConversation> {
  if (before.facts.closed) return unchanged(before, 'already-known');
  const task = { ...before, updatedAt: context.now, facts: { ...before.facts, closed: { occurredAt } } };
  const noted = decide(task, context);
  if (isEnded(task) || !task.facts.quote) return noted.done('kept-for-later');
  // A nudge that a cap held back is not lost: it comes as a call on the day that it waits for.
  if (wasNudged(task) || task.overCap) return noted.note({ code: 'car-left' }).done('noted');
  return noted.end(carLeft).done('cancelled');
}

/** The day that it waited for has come: over the person's cap it is theirs now, over the customer's it goes to history. */
export function tickUpgrade(task: UpgradeConversation, context: Context): UpgradeConversation {
  const { release } = task.deadlines;
  const begun = decide(task, context);
  if (task.facts.closed && isOpen(task) && !wasNudged(task) && !task.overCap) return begun.end(carLeft).task;
  if (task.state !== 'waiting' || release === undefined || release > context.now) return task;
  const due = begun.deadline('release', undefined);
  if (task.overCap && task.overCap.until === undefined) {
    return due.step('cap', { by: 'clock', own: { code: 'over-cap', cap: task.overCap.cap } }).task;
  }
  const back = due.step('release', { by: 'clock' });
  return wasAssignedBefore(task, upgradeTraits) ? back.startDeadline('accept').task : back.also(nudge()).task;
}

const carLeft = {
  trigger: 'closing fact',
  outcome: 'the car left before Sales was told',
  by: 'dms',
} as const;
const wasNudged = (task: UpgradeConversation) =>
  emailsOf(task, 'upgrade-nudge').some((entry) => ['sending', 'sent', 'unknown'].includes(entry.state));

function begin(
  task: UpgradeConversation,
  routed: () => Routed,
  place: Place,
  context: Context,
): Decision<UpgradeConversation> {
  const outcome = overBeforeItBegan(task, context);
  if (outcome !== undefined) {
    return decide(task, context)
      .end({ trigger: 'closing fact', outcome, by: 'dms' })
      .done(`cancelled: ${outcome}`);
  }
  if (!task.assessment?.nudge && task.facts.asked?.by !== 'customer') return unchanged(task, 'not-ready');
  const assigned = decide(task, context).assign(routed());
  if (place.on !== 'today') return assigned.also(hold(place)).done('over-the-cap');
  return assigned.step('opening fact').also(nudge()).done('created');
}

function overBeforeItBegan(task: UpgradeConversation, context: Context): Outcome | undefined {
  if (task.facts.voided) return 'order voided';
  if (task.facts.closed) return carLeft.outcome;
  return isOverByPurchase(task, context) ? BOUGHT : undefined;
}

/** A person wants the conversation that was held or taken back: it is given anew, to whoever would get it now. */
function beginAgain(
  task: UpgradeConversation,
  routed: () => Routed,
  place: Place,
  context: Context,
): Decision<UpgradeConversation> {
  if (place.on !== 'today') return decide(task, context).done('over-the-cap');
  if (isOverByPurchase(task, context)) return decide(task, context).done(`not begun: ${BOUGHT}`);
  const { ended: _over, overCap: _held, ...rest } = task;
  return decide(rest, context)
    .clearDeadlines()
    .step('asked anew', { by: 'advisor' })
    .assign(routed())
    .also(nudge(true))
    .done('created');
}

/**
 * Over a cap, kept with the reason: the person's, until the morning of the day whose place was claimed; the customer's,
 * through the next business day, so that the summaries of that day tell of it.
 */
const hold =
  (place: Exclude<Place, { on: 'today' }>) =>
  (one: Draft<UpgradeConversation>): Draft<UpgradeConversation> => {
    const { store, now, today, calendar } = one.context;
    const opening = (date: string) => nextOpen(calendar('sales'), startOfDay(store.timeZone, date));
    const tomorrow = localDate(store.timeZone, opening(addDays(today, 1)));
    const release =
      place.on === 'later' ? opening(place.date) : startOfDay(store.timeZone, addDays(tomorrow, 1));
    const until = place.on === 'later' ? { until: localDate(store.timeZone, release) } : {};
    const { cap } = place;
    return one
      .step('early fact', { by: 'cap', own: { code: 'over-cap', cap } })
      .change((task) => ({ ...task, overCap: { at: now, cap, ...until } }))
      .deadline('release', release);
  };

const nudge =
  (again = false) =>
  (one: Draft<UpgradeConversation>): Draft<UpgradeConversation> =>
    one
      .startDeadline('accept')
      .email({ message: 'upgrade-nudge', to: 'assignee', again })
      .event('handoff-task-created');

/** The order's newer quote corrects what was said: other numbers, or no reason any more. */
function correct(
  before: UpgradeConversation,
  task: UpgradeConversation,
  context: Context,
): Decision<UpgradeConversation> {
  const noted = decide(task, context);
  if (isEnded(task)) return noted.done('noted');
  if (!task.assessment?.nudge && task.facts.asked?.by !== 'customer') {
    if (task.state === 'history') return noted.done('noted');
    return noted.end({ trigger: 'closing fact', outcome: NO_REASON, by: 'dms' }).done('withdrawn');
  }
  if (!isOpen(task) || !wasNudged(task)) return noted.done('noted');
  const change = changeOf(before, task);
  return change
    ? noted.note({ code: 'quote-changed' }).also(sayCorrected(change)).done('corrected')
    : noted.done('noted');
}

const sayCorrected =
  (own: NudgeChange) =>
  (one: Draft<UpgradeConversation>): Draft<UpgradeConversation> =>
    one.email({ message: 'nudge-corrected', to: 'assignee', own, again: true });

/** What the salesperson was told and is not so any more; nothing when only the age of the facts changed. */
function changeOf(before: UpgradeConversation, after: UpgradeConversation): NudgeChange | undefined {
  const [was, is] = [before.facts.quote?.quote, after.facts.quote?.quote];
  if (was?.totalCents !== is?.totalCents) {
    return {
      code: 'amount-changed',
      ...(was ? { wasCents: was.totalCents } : {}),
      ...(is ? { isCents: is.totalCents } : {}),
    };
  }
  const reasons = (one: UpgradeConversation) => JSON.stringify(one.assessment?.reasonsFor.map(reasonText));
  if (reasons(before) !== reasons(after)) return { code: 'nudge-changed', part: 'reasons' };
  const work = (one: typeof was) =>
    JSON.stringify(one?.lines.map(({ description, answer }) => [description, answer]));
  if (work(was) !== work(is)) return { code: 'nudge-changed', part: 'work' };
  const promised = (one: UpgradeConversation) => one.facts.quote?.promisedAt;
  return promised(before) === promised(after) ? undefined : { code: 'nudge-changed', part: 'promise' };
}
