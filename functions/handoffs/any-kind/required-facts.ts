import type { FirstServiceDue } from '../../contracts/first-service-due.ts';
import type { RepairQuoteHigh } from '../../contracts/repair-quote-high.ts';
import type { VehicleSold } from '../../contracts/vehicle-sold.ts';
import type {
  FirstServiceVisit,
  RepairOptions,
  ServiceIntroduction,
  UpgradeConversation,
} from '../../handoff/task.ts';

/** A message is owed only once its task's opening fact is known: without it there is nothing to say. */
export const neededSale = (task: ServiceIntroduction): VehicleSold => needed(task.facts.sold, task.taskId);
export const neededDue = (task: FirstServiceVisit): FirstServiceDue => needed(task.facts.due, task.taskId);
export const neededQuote = (task: RepairOptions | UpgradeConversation): RepairQuoteHigh =>
  needed(task.facts.quote, task.taskId);

function needed<Fact>(fact: Fact | undefined, taskId: string): Fact {
  if (fact === undefined)
    throw new Error(`A message was owed before the fact that it tells of (task ${taskId})`);
  return fact;
}
