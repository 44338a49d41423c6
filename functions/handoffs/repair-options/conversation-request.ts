import type { UpgradeConversationDue } from '../../contracts/upgrade-conversation-due.ts';
import { nudgePolicyOf } from '../../group/group.ts';
import type { Draft } from '../../handoff/draft.ts';
import { queueEvent } from '../../handoff/queue.ts';
import { isOpen } from '../../handoff/task.ts';
import type { AdvisorAnswer, RepairOptions } from './task.ts';

/** When to notify Sales about a repair order, and when to withdraw it. */

const request = (
  task: RepairOptions,
  now: string,
  askedBy: UpgradeConversationDue['askedBy'],
): RepairOptions => queueEvent(task, now, 'upgrade-conversation-due', { code: 'asked-by', askedBy });

/**
 * Notifies Sales if the rule says so, or if they were notified before and something changed. With the gate on, the
 * advisor first confirms that it is a good time.
 */
export const requestIfReady = (draft: Draft<RepairOptions>): Draft<RepairOptions> =>
  draft.change((task) => {
    const { group, store, now } = draft.context;
    if (task.toldSales) return request(task, now, 'assessment');
    if (!task.assessment?.nudge) return task;
    if (nudgePolicyOf(group, store).askAdvisorFirst) return { ...task, asksAdvisor: true };
    return request({ ...task, toldSales: true }, now, 'assessment');
  });

/** The answer behind each of the advisor's choices. */
const advice: Readonly<Record<string, AdvisorAnswer>> = {
  'good-time': 'good time',
  'not-a-good-time': 'not now',
  'never-for-this-customer': 'never',
  'may-be-asked': 'may be asked',
};
export const adviceOf = (choice: string): AdvisorAnswer | undefined => advice[choice];

/** Applies the advisor's answer: a yes notifies Sales, a no after that withdraws the nudge. */
export function applyAdvisorAnswer(task: RepairOptions, answer: AdvisorAnswer, now: string): RepairOptions {
  const answered = { ...task, advisorSays: answer };
  if (answer === 'good time') return request({ ...answered, toldSales: true }, now, 'advisor');
  if (answer === 'never' && task.toldSales)
    return request({ ...answered, toldSales: false }, now, 'taken back');
  return answered;
}

/** Applies the customer's choice: a yes notifies Sales, a repair withdraws an earlier nudge. */
export function applyCustomerChoice(task: RepairOptions, choice: string, now: string): RepairOptions {
  if (choice === 'open-to-looking') return request({ ...task, toldSales: true }, now, 'customer');
  return choice === 'repair-it' && task.toldSales ? request(task, now, 'repair chosen') : task;
}

/** Withdraws, or restores, the nudge that a choice caused when that choice is undone. */
export function undoRequest(task: RepairOptions, choice: string, now: string): RepairOptions {
  if (choice === 'open-to-looking' || choice === 'good-time') return request(task, now, 'taken back');
  const isAgain = task.toldSales && (choice === 'repair-it' || choice === 'never-for-this-customer');
  return isAgain ? request(task, now, 'wanted after all') : task;
}

/** Whether the rule would notify Sales but the advisor has not yet answered the gate. */
export const isAskingAdvisor = (task: RepairOptions): boolean =>
  isOpen(task) &&
  task.asksAdvisor === true &&
  task.advisorSays === undefined &&
  task.toldSales !== true &&
  task.assessment?.nudge === true;

/** The gate asks once, and only while the rule would notify Sales; "never" can be set and withdrawn at any time. */
export function fitsAdvice(task: RepairOptions, choice: string): boolean {
  const { advisorSays: answer, circumstances } = task;
  const never = answer === 'never' || (circumstances?.advisorSaidNo === true && answer !== 'may be asked');
  switch (adviceOf(choice)) {
    case 'never':
      return !never;
    case 'may be asked':
      return never;
    default:
      return isAskingAdvisor(task);
  }
}

/** Withdraws the request because the order was voided or closed. */
export const withdrawRequest = (draft: Draft<RepairOptions>): Draft<RepairOptions> =>
  draft.change((task) => request(task, draft.context.now, 'taken back'));
