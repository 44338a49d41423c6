import type { UpgradeConversationDue } from '../../contracts/upgrade-conversation-due.ts';
import { nudgePolicyOf } from '../../group/group.ts';
import { UNTIL_ANSWERED } from '../../group/nudge-policy.ts';
import type { Context } from '../../handoff/context.ts';
import type { Draft } from '../../handoff/draft.ts';
import { mayHaveLeft } from '../../handoff/item-bounds.ts';
import { lapse } from '../../handoff/outbox.ts';
import { emailsOf, queueEvent } from '../../handoff/queue.ts';
import { isOpen } from '../../handoff/task.ts';
import { setDeadline } from '../../handoff/task-changes.ts';
import { findManager } from '../../people/routing.ts';
import { beginHeadStart, stopHeadStart } from './head-start.ts';
import {
  type AdvisorAnswer,
  hasSheet,
  isAhead,
  type RepairOptions,
  type SalesAsker,
  type UndoKeeps,
} from './task.ts';

/**
 * When to notify Sales about a repair order, and when to withdraw that. The order stores who currently asks Sales. Each event
 * carries that state rather than a change of it, so Sales gets the truth whatever was answered and undone before.
 */
type Standing = Pick<RepairOptions, 'salesAskedBy' | 'toldSales' | 'advisorSays' | 'ended'>;

/** Who currently asks Sales. An item of an older release records only that Sales was notified. */
export function askerOf({ salesAskedBy, toldSales, advisorSays, ended }: Standing): SalesAsker | undefined {
  if (salesAskedBy !== undefined || toldSales !== true) return salesAskedBy;
  if (ended?.outcome === 'open-to-looking') return 'customer';
  return advisorSays === 'good time' ? 'advisor' : 'assessment';
}

/** The choice that ends a sheet without a decision. */
const DECIDES_LATER = 'not-now';

const notifySales = (
  task: RepairOptions,
  now: string,
  askedBy: UpgradeConversationDue['askedBy'],
): RepairOptions =>
  queueEvent(task, now, 'upgrade-conversation-due', {
    ...{ code: 'asked-by', askedBy },
    ...(task.ended?.outcome === DECIDES_LATER ? { decides: 'later' } : {}),
  });

const withAsker = (task: RepairOptions, salesAskedBy: SalesAsker | undefined): RepairOptions => ({
  ...task,
  salesAskedBy,
  toldSales: undefined,
});

/** Notifies Sales of who asks, even if somebody else asked before. */
const ask = (task: RepairOptions, asker: SalesAsker, now: string): RepairOptions =>
  notifySales(withAsker(task, asker), now, asker);

/** If Sales was asked, notifies it that nobody asks any more. */
const withdraw = (task: RepairOptions, why: 'taken back' | 'repair chosen', now: string): RepairOptions =>
  askerOf(task) === undefined ? task : notifySales(withAsker(task, undefined), now, why);

/** Notifies Sales of a newer quote, or first gives the advisor the head start that the policy grants. */
export const requestIfReady = (draft: Draft<RepairOptions>): Draft<RepairOptions> =>
  draft.change((task) => {
    const { context } = draft;
    const asker = askerOf(task);
    if (asker !== undefined) return ask(task, asker, context.now);
    if (task.assessment?.nudge !== true) return stopHeadStart(task);
    if (task.askedAhead && task.advisorSays === 'good time') return ask(task, 'advisor', context.now);
    if (isQuestionOver(task)) return task;
    const begun = beginHeadStart(task, context);
    return begun === 'over' ? ask(task, 'assessment', context.now) : begun;
  });

/**
 * The head start is over and the advisor did not answer. That counts as an answer: Sales is notified. If the policy waits for a
 * yes, a manager decides instead: {@link askWhoDecides}.
 */
export const takeSilenceForAnswer = (draft: Draft<RepairOptions>): Draft<RepairOptions> => {
  const { task, context } = draft;
  const { assignee } = task;
  if (!assignee) return draft;
  const { employeeNumber } = assignee;
  const silent = draft
    .deadline('head-start', undefined)
    .note({ code: 'advisor-did-not-answer', employeeNumber }, 'clock')
    .change((current) => ({ ...current, advisorSilent: { at: context.now, employeeNumber } }));
  if (waitsForYes(context)) return silent;
  // Notifying Sales for want of an answer replaces the reminder.
  return silent
    .deadline('accept-reminder', undefined)
    .change((current) => ask(current, 'silence', context.now));
};

/**
 * If the policy waits for a yes that nobody gave, asks the manager in their next list. If the order ends at the same time, call
 * this after ending it, because ending a handoff lapses what it had queued.
 */
export const askWhoDecides = (draft: Draft<RepairOptions>): Draft<RepairOptions> => {
  const { roster, today } = draft.context;
  const manager = findManager({ department: 'service', roster, on: today });
  const silentSince = draft.task.advisorSilent?.at ?? '';
  const wasAsked = emailsOf(draft.task, 'sales-question').some(
    (record) => mayHaveLeft(record) && (record.sentAt ?? '') >= silentSince,
  );
  if (!manager || wasAsked || !isForManager(draft.task)) return draft;
  return draft.email({ message: 'sales-question', to: { staff: manager.employeeNumber }, again: true });
};

/** Lapses a question that still waits for the manager's next list, because it has been answered. */
const withoutQuestion = (task: RepairOptions): RepairOptions => ({
  ...task,
  outbox: task.outbox.map((entry) =>
    entry.type === 'email' && entry.message === 'sales-question' && entry.state === 'owed'
      ? lapse(entry, { code: 'superseded' })
      : entry,
  ),
});

const waitsForYes = ({ group, store }: Context): boolean =>
  nudgePolicyOf(group, store).advisorHeadStartMinutes === UNTIL_ANSWERED;

/** The advisor's choices before the visit: they take effect when the customer comes. */
export const GOOD_TIME_THEN = 'good-time-when-here';
export const NOT_THIS_VISIT = 'not-this-visit';

/** The answer behind each of the advisor's choices. */
const advice: Readonly<Record<string, AdvisorAnswer>> = {
  'good-time': 'good time',
  [GOOD_TIME_THEN]: 'good time',
  'not-a-good-time': 'not now',
  [NOT_THIS_VISIT]: 'not now',
  'never-for-this-customer': 'never',
  'may-be-asked': 'may be asked',
};
export const adviceOf = (choice: string): AdvisorAnswer | undefined => advice[choice];

/**
 * Applies the advisor's answer: a yes notifies Sales; a no ends the head start and withdraws the request if Sales was notified.
 */
export function applyAdvisorAnswer(task: RepairOptions, answer: AdvisorAnswer, now: string): RepairOptions {
  const answered = { ...stopHeadStart(withoutQuestion(task)), advisorSays: answer };
  if (answer === 'good time') return ask(answered, 'advisor', now);
  return answer === 'may be asked' ? answered : withdraw(answered, 'taken back', now);
}

/**
 * Applies the customer's choice: a yes notifies Sales, and a repair is a good end for Sales, too. If Sales was asked, it is
 * also told that the customer wants to think it over; otherwise a salesperson would walk up to somebody who has just asked for
 * time.
 */
export function applyCustomerChoice(task: RepairOptions, choice: string, now: string): RepairOptions {
  if (choice === 'open-to-looking') return ask(task, 'customer', now);
  if (choice === 'repair-it') return withdraw(task, 'repair chosen', now);
  const asker = askerOf(task);
  return choice === DECIDES_LATER && asker !== undefined ? notifySales(task, now, asker) : task;
}

/** The manager's choices about an order whose advisor did not answer. */
export const TELL_SALES = 'tell-sales';
export const LEAVE_IT = 'leave-sales-out';

/** Applies the manager's decision. If the advisor answers late by the same choice, the advisor is the one who asks. */
export function applyManagerAnswer(
  task: RepairOptions,
  choice: string,
  by: string,
  now: string,
): RepairOptions {
  const said = choice === TELL_SALES ? 'tell Sales' : 'leave it';
  const decided = { ...withoutQuestion(task), managerSays: { by, said } as const };
  if (choice !== TELL_SALES) return decided;
  return ask(decided, by === task.assignee?.employeeNumber ? 'advisor' : 'manager', now);
}

/** A choice that is undone, with the state before it. */
interface TakenBack {
  readonly kept: UndoKeeps;
  readonly choice: string;
  readonly headStart: string | undefined;
}

/** Restores the answers and the asker from before an undone choice, and notifies Sales if it knew of either. */
export function restoreRequest(
  task: RepairOptions,
  { kept, choice, headStart }: TakenBack,
  now: string,
): RepairOptions {
  const { advisorSays, managerSays } = kept;
  const wanted = askerOf({ ...kept, ended: undefined });
  const restored = setDeadline({ ...task, advisorSays, managerSays }, 'head-start', headStart);
  const isKnown = wanted === task.salesAskedBy && choice !== DECIDES_LATER;
  if (wanted !== undefined && isKnown) return restored;
  if (wanted !== undefined) return ask(restored, wanted, now);
  return withdraw(restored, 'taken back', now);
}

const isRecommended = ({ assessment }: RepairOptions) => assessment?.nudge === true;

/** Whether the rule would notify Sales, or has done so, and the advisor has not said whether it is a good time. */
export const isAskingAdvisor = (task: RepairOptions): boolean =>
  isOpen(task) && isRecommended(task) && task.advisorSays === undefined;

/** The advisor was asked before the visit, so silence never means yes. A high quote asks again, with its sheet. */
const isQuestionOver = (task: RepairOptions): boolean =>
  isAhead(task) || (task.askedAhead === true && !hasSheet(task));

/** Whether the advisor still has time to answer: nobody has asked Sales, and the time has not run out. */
export const isInHeadStart = (task: RepairOptions): boolean =>
  isAskingAdvisor(task) &&
  askerOf(task) === undefined &&
  task.advisorSilent === undefined &&
  !isQuestionOver(task);

/** Whether a manager has to decide: the advisor did not answer, and the policy waits for a yes. */
export const isForManager = (task: RepairOptions): boolean =>
  (isOpen(task) || task.ended?.outcome === 'order closed') &&
  isRecommended(task) &&
  task.advisorSilent !== undefined &&
  task.advisorSays === undefined &&
  task.managerSays === undefined &&
  askerOf(task) === undefined;

/**
 * Whether the state allows this answer. "Good time" and "not now" can be given and changed while the rule has reasons; "never"
 * can be set and withdrawn at any time.
 */
export function fitsAdvice(task: RepairOptions, choice: string): boolean {
  const { advisorSays: answer, circumstances } = task;
  const never = answer === 'never' || (circumstances?.advisorSaidNo === true && answer !== 'may be asked');
  const isSettled = never || answer === 'may be asked' || !isRecommended(task);
  switch (adviceOf(choice)) {
    case 'never':
      return !never;
    case 'may be asked':
      return never;
    case 'good time':
      return !isSettled && answer !== 'good time';
    default:
      return !isSettled && answer !== 'not now';
  }
}

/** Withdraws the request because the order's number now belongs to another customer. */
export const withdrawRequest = (draft: Draft<RepairOptions>): Draft<RepairOptions> =>
  draft.change((task) => withdraw(task, 'taken back', draft.context.now));
