import type { UpgradeConversationDue } from '../../contracts/upgrade-conversation-due.ts';
import { nudgePolicyOf } from '../../group/group.ts';
import type { Draft } from '../../handoff/draft.ts';
import { queueEvent } from '../../handoff/queue.ts';
import { isOpen } from '../../handoff/task.ts';
import type { AdvisorAnswer, RepairOptions } from './task.ts';

/** When Sales is told of a repair order, and when it is taken back. */

const due = (task: RepairOptions, now: string, askedBy: UpgradeConversationDue['askedBy']): RepairOptions =>
  queueEvent(task, now, 'upgrade-conversation-due', { code: 'asked-by', askedBy });

/**
 * Sales is told if the rule says so, or if they were told before and must hear what changed. With the gate on, the
 * advisor says first whether it is a good time.
 */
export const tellSales = (one: Draft<RepairOptions>): Draft<RepairOptions> =>
  one.change((task) => {
    const { group, store, now } = one.context;
    if (task.toldSales) return due(task, now, 'assessment');
    if (!task.assessment?.nudge) return task;
    if (nudgePolicyOf(group, store).askAdvisorFirst) return { ...task, asksAdvisor: true };
    return due({ ...task, toldSales: true }, now, 'assessment');
  });

/** What each of the advisor's choices says. */
const advice: Readonly<Record<string, AdvisorAnswer>> = {
  'good-time': 'good time',
  'not-a-good-time': 'not now',
  'never-for-this-customer': 'never',
  'may-be-asked': 'may be asked',
};
export const adviceOf = (choice: string): AdvisorAnswer | undefined => advice[choice];

/** The advisor says whether Sales may be told. After a yes they are; after a no, whoever was told hears it, too. */
export function applyAdvisorAnswer(task: RepairOptions, said: AdvisorAnswer, now: string): RepairOptions {
  const answered = { ...task, advisorSays: said };
  if (said === 'good time') return due({ ...answered, toldSales: true }, now, 'advisor');
  if (said === 'never' && task.toldSales) return due({ ...answered, toldSales: false }, now, 'taken back');
  return answered;
}

/** The sheet ends with the customer's choice: Sales hears of a yes, and of a repair if they were told before. */
export function notifySales(task: RepairOptions, choice: string, now: string): RepairOptions {
  if (choice === 'open-to-looking') return due({ ...task, toldSales: true }, now, 'customer');
  return choice === 'repair-it' && task.toldSales ? due(task, now, 'repair chosen') : task;
}

/** What Sales was told with a choice is taken back with it. */
export function retractFromSales(task: RepairOptions, choice: string, now: string): RepairOptions {
  if (choice === 'open-to-looking' || choice === 'good-time') return due(task, now, 'taken back');
  const isAgain = task.toldSales && (choice === 'repair-it' || choice === 'never-for-this-customer');
  return isAgain ? due(task, now, 'wanted after all') : task;
}

/** The rule would tell Sales, and the advisor has not said yet whether it is a good time. */
export const isAskingAdvisor = (task: RepairOptions): boolean =>
  isOpen(task) &&
  task.asksAdvisor === true &&
  task.advisorSays === undefined &&
  task.toldSales !== true &&
  task.assessment?.nudge === true;

/** The gate asks once, and only while the rule would tell Sales; a never can be said and taken back at any time. */
export function fitsAdvice(task: RepairOptions, choice: string): boolean {
  const { advisorSays: said, circumstances } = task;
  const never = said === 'never' || (circumstances?.advisorSaidNo === true && said !== 'may be asked');
  switch (adviceOf(choice)) {
    case 'never':
      return !never;
    case 'may be asked':
      return never;
    default:
      return isAskingAdvisor(task);
  }
}
