import {
  type FactVersion,
  isNewer,
  type Received,
  reverses,
  versionOf,
} from '../../contracts/fact-version.ts';
import type { RepairOrderVoided } from '../../contracts/repair-order-voided.ts';
import type { UpgradeConversationDue } from '../../contracts/upgrade-conversation-due.ts';
import type { Context } from '../../handoff/context.ts';
import { standingMatches } from '../../handoff/credit-record.ts';
import { type Decision, draft, repeated, unchanged } from '../../handoff/draft.ts';
import { saidSince } from '../../handoff/first-word.ts';
import { wasAssignedBefore } from '../../handoff/reassign.ts';
import { isEnded, isOpen, type OutcomeOf } from '../../handoff/task.ts';
import type { Routed } from '../../people/routing.ts';
import { isAtWork, isReachable } from '../../people/staff.ts';
import { type AssessedOrder, routeToSales } from '../../readiness/assessed-order.ts';
import { occasionOf } from '../../readiness/occasion.ts';
import { endsAfter } from '../any-kind/order-ends.ts';
import {
  askerIn,
  carLeft,
  isAskedAgain,
  isOfRule,
  isStronger,
  isTooLate,
  isWanted,
  isWithdrawn,
  NO_REASON,
  REPAIR_CHOSEN,
  TAKEN_BACK,
} from './asking.ts';
import { BOUGHT, isOverByPurchase } from './bought.ts';
import { queueLead } from './lead.ts';
import { changeOf, emailCorrection, hold, nudge, type Place, tellAdvisor, wasNudged } from './nudge.ts';
import { latestUpdate, standingEnds } from './order-ends.ts';
import { type UpgradeConversation, upgradeTraits } from './task.ts';

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
  const occasion = occasionOf(order.facts);
  const known = before.facts.asked;
  // The quote is read from the order and may be newer than this event, so its version counts, too.
  if (!occasion || !(isNewer(due, known) || isNewer(occasion, occasionOf(before.facts)))) {
    return unchanged(before, 'already-known');
  }
  const facts = { ...before.facts, quote: order.facts.quote, visit: order.facts.visit };
  const corrected = { ...before, ...saidSince(before, occasionOf(before.facts), occasion), facts };
  if (isWithdrawn(due)) return withdraw(corrected, due, context);
  const task: UpgradeConversation = {
    ...corrected,
    updatedAt: context.now,
    facts: {
      ...facts,
      asked: {
        ...{ ...versionOf(due), by: askerIn(due, known?.by) },
        ...(due.decides === 'later' ? { decidesLater: true } : {}),
      },
      ...(order.assignee ? { originatorNumber: order.assignee.employeeNumber } : {}),
    },
    ...(order.assessment ? { assessment: order.assessment } : {}),
    ...(order.history ? { history: order.history } : {}),
    ...(order.correlationId === undefined ? {} : { correlationId: order.correlationId }),
  };
  const routed = () => routeToSales(order, context);
  return withLead(begunOrCorrected(before, task, routed, { due, order, place }, context), context);
}

interface Asking {
  readonly due: Received<UpgradeConversationDue>;
  readonly order: AssessedOrder;
  readonly place: Place;
}

function begunOrCorrected(
  before: UpgradeConversation,
  task: UpgradeConversation,
  routed: () => Routed,
  { due, order, place }: Asking,
  context: Context,
): Decision<UpgradeConversation> {
  if (before.state === 'awaited') return begin(task, routed, place, context);
  return isAskedAgain(before, due, order)
    ? beginAgain(task, routed, place, context)
    : correct(before, task, routed, context);
}

/** If the customer said that they are open to looking, the CRM may get a lead. */
function withLead(decision: Decision<UpgradeConversation>, context: Context): Decision<UpgradeConversation> {
  const { task } = decision;
  return decision.changed && isOpen(task) && task.facts.asked?.by === 'customer'
    ? { ...decision, task: queueLead(task, context) }
    : decision;
}

/**
 * Nobody asks any more, or the customer chose the repair: this closes the salesperson's part, with one friendly email, whatever
 * they had begun. The advisor, who made the choice, gets none.
 */
function withdraw(
  before: UpgradeConversation,
  due: Received<UpgradeConversationDue>,
  context: Context,
): Decision<UpgradeConversation> {
  const by = before.facts.asked?.by ?? 'assessment';
  const asked = { ...versionOf(due), by, takenBack: true };
  const task = decide({ ...before, facts: { ...before.facts, asked } }, context);
  // Arrived before the event that it withdraws: stored, so that the older event starts nothing.
  if (before.state === 'awaited') return task.done('kept-for-later');
  if (isEnded(before) || before.state === 'history') return task.done('already-ended');
  const outcome = due.askedBy === 'repair chosen' ? REPAIR_CHOSEN : TAKEN_BACK;
  const advisor = before.facts.originatorNumber ?? 'advisor';
  return task.end({ trigger: 'closing fact', outcome, by: advisor }).done('taken-back');
}

export function decideUpgradeVoided(
  before: UpgradeConversation,
  fact: Received<RepairOrderVoided>,
  context: Context,
): Decision<UpgradeConversation> {
  if (!isNewer(fact, before.facts.voided)) return unchanged(before, 'already-known');
  const facts = { ...before.facts, voided: { ...versionOf(fact), reason: fact.reason } };
  if (endsNothing(fact, 'voided', before)) return repeated({ ...before, facts });
  const task = { ...before, updatedAt: context.now, facts };
  const noted = decide(task, context);
  if (isEnded(task))
    return noted
      .lockUndo()
      .when(standingMatches(task).length > 0, (draft) => draft.event(NOTED, ORDER_VOIDED))
      .done('already-ended');
  if (!occasionOf(task.facts)) return noted.done('kept-for-later');
  return noted
    .end({ trigger: 'closing fact', outcome: 'order voided', by: 'dms', ...fromTheSheet(task) })
    .done('cancelled');
}

/** The order was opened again after this end, or had already ended this way: the end is stored, and nothing follows. */
const endsNothing = (end: FactVersion, what: 'voided' | 'closed', before: UpgradeConversation): boolean =>
  !reverses(end, latestUpdate(before.facts)) || standingEnds(before.facts)[what] !== undefined;

/** Published so that the ledger checks a later sale again, which no longer follows from this conversation. */
const NOTED = 'handoff-task-noted';
const ORDER_VOIDED = { code: 'noted', what: 'order voided' } as const;

/** The advisor is notified about the order by its sheet. */
const fromTheSheet = ({ facts }: UpgradeConversation) => ({ knownTo: facts.originatorNumber });

/** The car left. A nudge already sent stays valid and may be worth a call; one not yet sent is too late. */
export function decideCarLeft(
  before: UpgradeConversation,
  visit: FactVersion,
  context: Context,
): Decision<UpgradeConversation> {
  if (!isNewer(visit, before.facts.closed)) return unchanged(before, 'already-known');
  const facts = { ...before.facts, closed: versionOf(visit) };
  if (endsNothing(visit, 'closed', before)) return repeated({ ...before, facts });
  const task = { ...before, updatedAt: context.now, facts };
  const noted = decide(task, context);
  if (isEnded(task) || !occasionOf(task.facts)) return noted.done('kept-for-later');
  // A nudge held by a cap is not lost: it becomes a call on its release day.
  if (wasNudged(task) || task.overCap || !isTooLate(task))
    return noted.note({ code: 'car-left' }).done('noted');
  return noted.end(carLeft).done('cancelled');
}

/** On the release day: held by the salesperson's cap, it opens now; held by the customer's cap, it goes to history. */
export function tickUpgrade(task: UpgradeConversation, context: Context): UpgradeConversation {
  const { release } = task.deadlines;
  const begun = decide(task, context);
  if (isTooLate(task) && isOpen(task) && !wasNudged(task) && !task.overCap) return begun.end(carLeft).task;
  if (task.state !== 'waiting' || release === undefined || release > context.now) return task;
  const due = begun.deadline('release', undefined);
  if (task.overCap && task.overCap.until === undefined) {
    return due.step('cap', { by: 'clock', own: { code: 'over-cap', cap: task.overCap.cap } }).task;
  }
  const back = due.step('release', { by: 'clock' });
  return wasAssignedBefore(task, upgradeTraits) ? back.startDeadline('accept').task : back.also(nudge()).task;
}

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
  if (!isWanted(task)) return unchanged(task, 'not-ready');
  const assigned = decide(task, context).assign(place.on === 'today' && place.to ? place.to : routed());
  if (place.on !== 'today') return assigned.also(hold(place)).done('over-the-cap');
  return assigned.step('opening fact').also(nudge()).done('created');
}

/** Judged by the fact that it begins with, which may be older than the latest fact about the order. */
function overBeforeItBegan(task: UpgradeConversation, context: Context): Outcome | undefined {
  const { voided, closed } = endsAfter(task.facts, occasionOf(task.facts));
  if (voided) return 'order voided';
  if (closed && isOfRule(task)) return carLeft.outcome;
  return isOverByPurchase(task, context) ? BOUGHT : undefined;
}

/** Restarts a held, withdrawn or ended conversation: with whoever had it, if at work today, else routed afresh. */
function beginAgain(
  task: UpgradeConversation,
  routed: () => Routed,
  place: Place,
  context: Context,
): Decision<UpgradeConversation> {
  if (place.on !== 'today') return decide(task, context).done('over-the-cap');
  if (isOverByPurchase(task, context)) return decide(task, context).done(`not begun: ${BOUGHT}`);
  const { ended, overCap: _held, snoozed: _putBy, ...resumed } = task;
  return decide(resumed, context)
    .clearDeadlines()
    .step('asked anew', { by: 'advisor' })
    .assign(whoHadIt(task, context) ?? routed())
    .also(
      nudge(
        { code: 'again', after: ended?.outcome === REPAIR_CHOSEN ? 'repair' : 'end' },
        ended !== undefined,
      ),
    )
    .done('created');
}

function whoHadIt({ assignee }: UpgradeConversation, context: Context): Routed | undefined {
  const person = context.person(assignee?.employeeNumber);
  return assignee && person && isAtWork(person, context.today) && isReachable(person) ? assignee : undefined;
}

const isApproved = ({ assessment }: UpgradeConversation): boolean =>
  assessment?.suppressions.some(({ name }) => name === 'repair-approved') === true;

/** Applies a newer quote, or another asker: corrects the nudge, or ends a conversation that has lost its reasons. */
function correct(
  before: UpgradeConversation,
  task: UpgradeConversation,
  routed: () => Routed,
  context: Context,
): Decision<UpgradeConversation> {
  const noted = decide(task, context);
  if (isEnded(task)) return noted.done('noted');
  if (!isWanted(task)) {
    if (task.state === 'history') return noted.done('noted');
    return noted
      .end({
        trigger: 'closing fact',
        outcome: isApproved(task) ? REPAIR_CHOSEN : NO_REASON,
        by: 'dms',
        ...fromTheSheet(task),
      })
      .done('withdrawn');
  }
  if (!isOpen(task) || !wasNudged(task)) return noted.done('noted');
  const change = changeOf(before, task);
  if (!change) return noted.done('noted');
  const isOfAsker = change.code === 'nudge-changed' && change.part === 'asker';
  // A customer who asks now does not wait for somebody who is off today.
  if (isOfAsker && task.facts.asked?.by === 'customer' && !whoHadIt(task, context))
    return noted.step('route on', { by: 'advisor' }).assign(routed()).also(nudge()).done('routed on');
  return noted
    .when(!isOfAsker, (draft) => draft.note({ code: 'quote-changed' }))
    .also(emailCorrection(change))
    .when(isOfAsker && isStronger(task.facts.asked?.by, before.facts.asked?.by), tellAdvisor())
    .done('corrected');
}
