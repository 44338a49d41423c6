import {
  isNewer,
  isRepeat,
  laterOf,
  type Received,
  reverses,
  stillStanding,
  versionOf,
} from '../../contracts/fact-version.ts';
import type { RepairOrderVoided } from '../../contracts/repair-order-voided.ts';
import type { RepairQuoted } from '../../contracts/repair-quoted.ts';
import type { ServiceVisitCompleted } from '../../contracts/service-visit-completed.ts';
import { daysBetween, localDate } from '../../group/business-time.ts';
import type { Context } from '../../handoff/context.ts';
import { type Decision, type Draft, draft, repeated, unchanged } from '../../handoff/draft.ts';
import { FormerUseError, isAnotherUse, isOfOthers, usedBy } from '../../handoff/number-reuse.ts';
import { emailsOf } from '../../handoff/queue.ts';
import { restart } from '../../handoff/restart.ts';
import { isEnded, isOpen } from '../../handoff/task.ts';
import type { Assessment } from '../../readiness/assessment.ts';
import { amountsOf } from '../../readiness/quote-amounts.ts';
import { endsAfter, isOver } from '../any-kind/order-ends.ts';
import { answersOnOrder } from './answers-on-order.ts';
import { withdrawAppraisal } from './appraisal.ts';
import { assessOrder, type Knowledge } from './assess-order.ts';
import {
  askerOf,
  askWhoDecides,
  isInHeadStart,
  requestIfReady,
  takeSilenceForAnswer,
} from './conversation-request.ts';
import { actedOn, latestUpdate, withoutSettling, withRepeat } from './line-by-line.ts';
import { assignAdvisor } from './route-advisor.ts';
import {
  hasSheet,
  type RepairOptions,
  repairOptionsTraits,
  type SheetChange,
  type SheetPart,
} from './task.ts';
import { useAgain } from './used-again.ts';
import { joinSmall, showSheet, withoutEmailForQuestion } from './visit.ts';

/**
 * A repair was quoted: if the quote is high, the advisor gets a sheet that compares repair and replacement. The repair order is
 * the key of the item, so its quote, void and closing can arrive in any order. The decision about an upgrade conversation is
 * stored in it, whether Sales is notified or not.
 */
const decide = (task: RepairOptions, context: Context) => draft(task, repairOptionsTraits, context);

export function decideQuoted(
  given: RepairOptions,
  reported: Received<RepairQuoted>,
  knowledge: Knowledge,
  context: Context,
): Decision<RepairOptions> {
  const before = withoutSettling(given);
  const { visit, voided, closed } = before.facts;
  const known = actedOn(before);
  const last = latestUpdate(given);
  if (last && isAnotherUse(usedBy(reported), usedBy(last))) return useAgain(before, last, reported, context);
  refuseFormerUse(before, reported);
  if (!isCalledHigh(before, reported, knowledge)) {
    if (!isNewer(reported, known)) return unchanged(before, 'already-known');
    if (known && isRepeat(reported, known)) return repeated(withRepeat(before, reported));
  }
  if (isOver(before.facts, reported) && isStanding(before)) return unchanged(before, 'over-before');
  const quote = known ? laterOf(reported, known) : reported;
  const { now } = context;
  const circumstances = { ...knowledge.circumstances, ...answersOnOrder(before) };
  const quoted: RepairOptions = {
    ...before,
    updatedAt: now,
    facts: { quote, visit, voided, closed },
    history: knowledge.history,
    circumstances,
    lookedUp: knowledge.lookedUp,
    ...answersBefore(before),
    ...(quote.correlationId === undefined ? {} : { correlationId: quote.correlationId }),
  };
  const task = assessOrder(quoted, context);
  if (before.facts.quote === undefined && visit && isBelowMinimum(task)) return joinSmall(task, context);
  if (isReopened(before, quote)) return start(restart(task, 'reinstated', now), quote, context);
  if (before.state === 'awaited') return start(task, quote, context);
  return isOpen(before) && !hasSheet(before) ? showSheet(task, context) : correct(before, task, context);
}

/**
 * The known closing names another customer and car: it belongs to the number's next use and arrived first, so it does not close
 * this order.
 */
function refuseFormerUse(task: RepairOptions, quote: Received<RepairQuoted>): void {
  const closed = latestUpdate(task) ? undefined : stillStanding(task.facts.closed, quote);
  if (closed && isAnotherUse(usedBy(quote), closed)) throw new FormerUseError('roNumber', quote.roNumber);
}

/** Once the advisor has withdrawn a "never", they are asked again. */
const answersBefore = ({ advisorSays, advisorSilent, managerSays }: RepairOptions) =>
  advisorSays === 'may be asked'
    ? { advisorSays: undefined, advisorSilent: undefined, managerSays: undefined }
    : { advisorSays, advisorSilent, managerSays };

/** Whether the same quote was also sent as a high one: that counts, whichever of the two events arrives first. */
const isCalledHigh = ({ state, facts }: RepairOptions, quote: Received<RepairQuoted>, by: Knowledge) =>
  state === 'awaited' &&
  by.circumstances.policyDecides !== true &&
  facts.quote !== undefined &&
  isRepeat(quote, facts.quote);

const start = (task: RepairOptions, quote: RepairQuoted, context: Context): Decision<RepairOptions> =>
  isBelowMinimum(task) ? keepSmall(task, context) : begin(task, quote, context);

const isBelowMinimum = ({ assessment }: RepairOptions) =>
  assessment?.suppressions.some(({ name }) => name === 'below-minimum') === true;

/** Nobody is notified of a small quote. It is stored so that a newer one finds it, in whatever order the two arrive. */
const keepSmall = (task: RepairOptions, context: Context): Decision<RepairOptions> =>
  decide(task, context).note({ code: 'below-minimum' }).done('below-minimum');

/**
 * Whether the latest fact is newer than every end of the order. A fact from before an end is no news, whatever was answered
 * since.
 */
function isStanding(task: RepairOptions): boolean {
  const last = latestUpdate(task);
  return isOpen(task) || (last !== undefined && !isOver(task.facts, last));
}

/** Whether the order was voided or closed, and has been quoted again since. The advisor's answers stay. */
function isReopened(before: RepairOptions, quote: RepairQuoted): boolean {
  const { state, ended, facts } = before;
  if (isOver(facts, quote)) return false;
  if (state === 'history') return endsAfter(facts, facts.quote).closed !== undefined;
  return ended?.outcome === 'order voided' || ended?.outcome === 'order closed';
}

export function decideOrderVoided(
  before: RepairOptions,
  fact: Received<RepairOrderVoided>,
  context: Context,
): Decision<RepairOptions> {
  const { voided: known } = before.facts;
  const last = latestUpdate(before);
  if (!isNewer(fact, known)) return unchanged(before, 'already-known');
  const { reason } = fact;
  const voided = { ...versionOf(fact), ...(reason === undefined ? {} : { reason }) };
  const facts = { ...before.facts, voided };
  if (!reverses(fact, last) || endsAfter(before.facts, last).voided) return keepEnd({ ...before, facts });
  const task = { ...withoutSettling(before), updatedAt: context.now, facts };
  const noted = decide(withdrawAppraisal(task, 'order voided', context.now), context);
  if (isEnded(task)) return noted.lockUndo().done('already-ended');
  if (task.state === 'awaited') return noted.note({ code: 'order-voided' }).done('kept-for-later');
  return noted.end(withoutEmailForQuestion(task, voiding)).done('cancelled');
}

/**
 * This end changes nothing now: the order was opened again after it, or had already ended this way. A kept-back quote from
 * before the end is dropped.
 */
const keepEnd = (task: RepairOptions): Decision<RepairOptions> =>
  repeated(task.settling && isOver(task.facts, task.settling.quote) ? withoutSettling(task) : task);

const voiding = { trigger: 'closing fact', outcome: 'order voided', by: 'dms' } as const;
export const orderClosing = { trigger: 'outcome', outcome: 'order closed', by: 'dms' } as const;

/** The closing of an order, or only the fact that it is no longer open: then nothing says who came, and when. */
export type OrderClosing = Received<
  Pick<ServiceVisitCompleted, 'occurredAt' | 'roNumber'> &
    Partial<Pick<ServiceVisitCompleted, 'revision' | 'customer' | 'vehicle' | 'closedOn'>>
>;

export function decideOrderClosed(
  before: RepairOptions,
  visit: OrderClosing,
  context: Context,
): Decision<RepairOptions> {
  const { closed: known } = before.facts;
  const last = latestUpdate(before);
  if (last && isAnotherUse(usedBy(visit), usedBy(last))) return useAgain(before, last, visit, context);
  if (!isNewer(visit, known)) return unchanged(before, 'already-known');
  const { customerNumber, vin } = usedBy(visit);
  const closed = {
    ...versionOf(visit),
    ...(visit.closedOn === undefined ? {} : { closedOn: visit.closedOn }),
    ...(vin === undefined ? {} : { vin }),
    ...(customerNumber === undefined ? {} : { customerNumber }),
  };
  const facts = { ...before.facts, closed };
  if (!reverses(visit, last) || endsAfter(before.facts, last).closed) return keepEnd({ ...before, facts });
  const task = { ...withoutSettling(before), updatedAt: context.now, facts };
  const noted = decide(withdrawAppraisal(task, 'order closed', context.now), context);
  if (isEnded(task)) return noted.done('already-ended');
  if (!isOpen(task)) return noted.note({ code: 'order-closed' }).done('kept-for-later');
  const wasAsked = isInHeadStart(task) && (task.advisorAskedAt ?? '') < visit.occurredAt;
  return noted
    .when(wasAsked, takeSilenceForAnswer)
    .end(withoutEmailForQuestion(task, orderClosing))
    .also(askWhoDecides)
    .done('completed');
}

/** The head start is over. An answer that the advisor gives before the sweep runs still counts. */
export function tickRepairOptions(task: RepairOptions, context: Context): RepairOptions {
  const ends = task.deadlines['head-start'];
  if (ends === undefined || ends > context.now) return task;
  const due = decide(task, context).deadline('head-start', undefined);
  return due.when(isInHeadStart(task), takeSilenceForAnswer).also(askWhoDecides).task;
}

function begin(task: RepairOptions, quote: RepairQuoted, context: Context): Decision<RepairOptions> {
  const { store, group, today } = context;
  const begun = decide(task, context);
  const { voided, closed } = endsAfter(task.facts, quote);
  if (voided) return begun.end(voiding).done('cancelled: voided before it came');
  if (store.mode === 'off') return begun.step('old fact', { own: { code: 'store-off' } }).done('store-off');
  if (closed) {
    return begun.step('old fact', { own: { code: 'order-closed-already' } }).done('kept-for-history');
  }
  const age = daysBetween(localDate(store.timeZone, quote.occurredAt), today);
  if (age > group.actOnQuotesOfDays) {
    return begun.step('old fact', { own: { code: 'quoted-too-long-ago' } }).done('kept-for-history');
  }
  return begun.step('opening fact').also(present(quote)).done('created');
}

const present =
  (quote: RepairQuoted) =>
  (draft: Draft<RepairOptions>): Draft<RepairOptions> => {
    return draft
      .also(assignAdvisor(quote))
      .startDeadline('accept')
      .email({ message: 'repair-options-sheet', to: 'assignee' })
      .announce()
      .also(requestIfReady);
  };

/** Reassesses a newer quote of the same order; the advisor gets a new sheet only if its content changed. */
function correct(before: RepairOptions, task: RepairOptions, context: Context): Decision<RepairOptions> {
  const noted = decide(task, context).note({ code: 'quote-changed' });
  // The order has ended since. Quotes kept back for more lines were dropped then, and a replay must not notify Sales of them.
  if (task.facts.quote && isOver(task.facts, task.facts.quote)) return noted.done('kept-for-history');
  const change = whatChanged(before, task);
  if (!change) return noted.done('corrected: nothing to say');
  // The advisor has answered the sheet, but Sales may be quoting the old numbers.
  if (task.state === 'completed' && askerOf(task) !== undefined)
    return noted.also(requestIfReady).done('corrected for Sales');
  if (!isOpen(task) || !task.assignee) return noted.done('noted');
  const to = { staff: task.assignee.employeeNumber };
  const isWaiting = emailsOf(task, 'repair-options-sheet', to).some((entry) => entry.state === 'owed');
  // A sheet that is still queued will be written from the newer quote anyway.
  return noted
    .when(!isWaiting, (draft) =>
      draft.email({ message: 'repair-options-sheet', to, own: change, again: true }),
    )
    .also(requestIfReady)
    .done('corrected');
}

/** The part of the sheet that has changed; undefined when only the date of a fact is newer. */
function whatChanged(before: RepairOptions, after: RepairOptions): SheetChange | undefined {
  if (isOfOthers(before.facts.quote, after.facts.quote)) return { code: 'sheet-changed', part: 'customer' };
  const [was, is] = [leftOf(before), leftOf(after)];
  if (was !== is) return { code: 'amount-changed', ...(was === undefined ? {} : { wasCents: was }) };
  const found = parts.find(([, part]) => undated(part(before)) !== undated(part(after)));
  return found && { code: 'sheet-changed', part: found[0] };
}

const leftOf = ({ facts: { quote } }: RepairOptions) => quote && amountsOf(quote.quote).leftCents;

const undated = (part: unknown) =>
  JSON.stringify(part, (key, value: unknown) => (key === 'asOf' ? undefined : value));

const parts: readonly (readonly [SheetPart, (task: RepairOptions) => unknown])[] = [
  ['work', ({ facts }) => facts.quote?.quote],
  ['promise', ({ facts: { quote } }) => [quote?.promisedAt, quote?.promisedOn, quote?.customerIs]],
  ['car', ({ facts }) => whatIsKnown(facts.quote)],
  ['reasons', ({ assessment }) => whatIsSaid(assessment)],
];

const whatIsKnown = (quote: RepairQuoted | undefined) => [
  quote?.value?.cents,
  [quote?.equity, quote?.warranty, quote?.lease, quote?.loan, quote?.replacement],
];

const whatIsSaid = (assessment: Assessment | undefined) => [
  assessment?.nudge,
  assessment?.advice,
  assessment?.reasonsFor.map(({ name }) => name),
  assessment?.suppressions.map(({ name }) => name),
];
