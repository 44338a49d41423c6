import {
  type FactVersion,
  isNewer,
  type Received,
  reverses,
  stillStanding,
  versionOf,
} from '../../contracts/fact-version.ts';
import type { RepairOrderVoided } from '../../contracts/repair-order-voided.ts';
import type { ServiceVisitCompleted } from '../../contracts/service-visit-completed.ts';
import type { UpgradeConversationDue } from '../../contracts/upgrade-conversation-due.ts';
import type { Context } from '../../handoff/context.ts';
import { type Decision, draft, repeated, unchanged } from '../../handoff/draft.ts';
import { wasAssignedBefore } from '../../handoff/reassign.ts';
import { isEnded, isOpen, type OutcomeOf } from '../../handoff/task.ts';
import type { Routed } from '../../people/routing.ts';
import { type AssessedOrder, routeToSales } from '../../readiness/assessed-order.ts';
import { BOUGHT, isOverByPurchase } from './bought.ts';
import { changeOf, emailCorrection, hold, nudge, type Place, wasNudged } from './nudge.ts';
import { type Asker, type UpgradeConversation, upgradeTraits } from './task.ts';

/**
 * Service → Sales: notifies a salesperson that a long-term service customer may be ready to upgrade, with the reasons
 * and the advisor to talk to first. The facts are read from the repair order's item at the time of the decision.
 */
const decide = (task: UpgradeConversation, context: Context) => draft(task, upgradeTraits, context);
type Outcome = OutcomeOf<UpgradeConversation>;

export function decideUpgradeDue(
  before: UpgradeConversation,
  due: Received<UpgradeConversationDue>,
  order: AssessedOrder,
  place: Place,
  context: Context,
): Decision<UpgradeConversation> {
  const { quote } = order.facts;
  const known = before.facts.asked;
  // The quote counts, too: it is read from the order, and may be newer than this event.
  if (!quote || !(isNewer(due, known) || isNewer(quote, before.facts.quote))) {
    return unchanged(before, 'already-known');
  }
  const { voided, closed } = before.facts;
  const facts = {
    ...before.facts,
    quote,
    voided: stillStanding(voided, quote),
    closed: stillStanding(closed, quote),
  };
  if (isWithdrawn(due)) return withdraw({ ...before, facts }, due, context);
  const task: UpgradeConversation = {
    ...before,
    updatedAt: context.now,
    facts: {
      ...facts,
      asked: { ...versionOf(due), by: askerOf(due, known?.by) },
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

/** Whether this event starts the conversation and therefore needs a place under the caps. */
export const isStarting = (
  before: UpgradeConversation,
  due: UpgradeConversationDue,
  order: AssessedOrder,
): boolean => !isWithdrawn(due) && (before.state === 'awaited' || isAskedAgain(before, due, order));

/** Whether a conversation that was held by a cap, not recommended or withdrawn is requested again. */
function isAskedAgain(
  before: UpgradeConversation,
  { askedBy }: UpgradeConversationDue,
  { assessment, facts: { quote } }: AssessedOrder,
): boolean {
  const { state, overCap, ended } = before;
  const isReopened = quote !== undefined && isReopenedBy(before, quote);
  if (askedBy === 'assessment') {
    return (isReopened || ended?.outcome === NO_REASON) && assessment?.nudge === true;
  }
  if (isReopened) return true;
  if (state === 'waiting') return overCap !== undefined && askedBy === 'customer';
  const isWithdrawnBefore = ended !== undefined && withdrawn.has(ended.outcome);
  return state === 'history' || (state === 'cancelled' && isWithdrawnBefore);
}

/** The order had been voided, or the car had left, and it was quoted again since. */
function isReopenedBy({ ended, facts }: UpgradeConversation, quote: FactVersion): boolean {
  const wasOver = ended?.outcome === 'order voided' || ended?.outcome === carLeft.outcome;
  return wasOver && !stillStanding(facts.voided, quote) && !stillStanding(facts.closed, quote);
}

const isWithdrawn = ({ askedBy }: UpgradeConversationDue) =>
  askedBy === 'taken back' || askedBy === 'repair chosen';

/** A customer's request takes precedence; a later correction by the rule does not override it. */
function askerOf({ askedBy }: UpgradeConversationDue, known: Asker = 'assessment'): Asker {
  if (askedBy === 'customer' || known === 'customer') return 'customer';
  return askedBy === 'advisor' ? 'advisor' : known;
}

/** Outcomes of a withdrawn conversation, which staff can request again. */
const TAKEN_BACK: Outcome = 'the advisor took it back';
const REPAIR_CHOSEN: Outcome = 'the customer chose the repair';
const NO_REASON: Outcome = 'the newer quote gives no reason any more';
const withdrawn: ReadonlySet<Outcome> = new Set([TAKEN_BACK, REPAIR_CHOSEN, NO_REASON]);

/**
 * The advisor withdrew it, or the customer chose the repair: the people notified get an email that nothing is left to
 * do. A salesperson who has already started learns what was chosen and reports the outcome.
 */
function withdraw(
  before: UpgradeConversation,
  due: Received<UpgradeConversationDue>,
  context: Context,
): Decision<UpgradeConversation> {
  if (isEnded(before) || before.state === 'history') return unchanged(before, 'already-known');
  const asked = { ...versionOf(due), by: before.facts.asked?.by ?? 'assessment' };
  const task = decide({ ...before, facts: { ...before.facts, asked } }, context);
  // Arrived before the event that it withdraws: stored, so that the older event starts nothing.
  if (before.state === 'awaited') return task.done('kept-for-later');
  const isRepair = due.askedBy === 'repair chosen';
  if (isRepair && before.state === 'accepted') {
    return task.also(emailCorrection({ code: 'nudge-changed', part: 'repair-chosen' })).done('corrected');
  }
  const outcome = isRepair ? REPAIR_CHOSEN : TAKEN_BACK;
  return task.end({ trigger: 'closing fact', outcome, by: 'advisor' }).done('taken-back');
}

export function decideUpgradeVoided(
  before: UpgradeConversation,
  fact: Received<RepairOrderVoided>,
  context: Context,
): Decision<UpgradeConversation> {
  const { quote, voided: known } = before.facts;
  if (!isNewer(fact, known)) return unchanged(before, 'already-known');
  if (!reverses(fact, quote)) return unchanged(before, 'already-known: reopened since');
  const facts = { ...before.facts, voided: { ...versionOf(fact), reason: fact.reason } };
  if (known) return repeated({ ...before, facts });
  const task = { ...before, updatedAt: context.now, facts };
  const noted = decide(task, context);
  if (isEnded(task)) return noted.lockUndo().done('already-ended');
  if (!task.facts.quote) return noted.done('kept-for-later');
  return noted.end({ trigger: 'closing fact', outcome: 'order voided', by: 'dms' }).done('cancelled');
}

/** The car left. A nudge already sent stays valid and may be worth a call; one not yet sent is too late. */
export function decideCarLeft(
  before: UpgradeConversation,
  visit: Received<ServiceVisitCompleted>,
  context: Context,
): Decision<UpgradeConversation> {
  const { quote, closed: known } = before.facts;
  if (!isNewer(visit, known)) return unchanged(before, 'already-known');
  if (!reverses(visit, quote)) return unchanged(before, 'already-known: reopened since');
  const facts = { ...before.facts, closed: versionOf(visit) };
  if (known) return repeated({ ...before, facts });
  const task = { ...before, updatedAt: context.now, facts };
  const noted = decide(task, context);
  if (isEnded(task) || !task.facts.quote) return noted.done('kept-for-later');
  // A nudge held by a cap is not lost: it becomes a call on its release day.
  if (wasNudged(task) || task.overCap) return noted.note({ code: 'car-left' }).done('noted');
  return noted.end(carLeft).done('cancelled');
}

/** On the release day: held by the salesperson's cap, it opens now; held by the customer's cap, it goes to history. */
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

/** Restarts a held or withdrawn conversation at a person's request, routed as of now. */
function beginAgain(
  task: UpgradeConversation,
  routed: () => Routed,
  place: Place,
  context: Context,
): Decision<UpgradeConversation> {
  if (place.on !== 'today') return decide(task, context).done('over-the-cap');
  if (isOverByPurchase(task, context)) return decide(task, context).done(`not begun: ${BOUGHT}`);
  const { ended: _over, overCap: _held, ...resumed } = task;
  return decide(resumed, context)
    .clearDeadlines()
    .step('asked anew', { by: 'advisor' })
    .assign(routed())
    .also(nudge(true))
    .done('created');
}

/** Applies a newer quote of the order: corrects the numbers, or ends a conversation that has lost its reasons. */
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
    ? noted.note({ code: 'quote-changed' }).also(emailCorrection(change)).done('corrected')
    : noted.done('noted');
}
