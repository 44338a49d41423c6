import type { FirstServiceDue } from '../../contracts/first-service-due.ts';
import type { RepairQuoteHigh } from '../../contracts/repair-quote-high.ts';
import type { VehicleSold } from '../../contracts/vehicle-sold.ts';

interface Of<Facts> {
  readonly taskId: string;
  readonly facts: Facts;
}

/** A message is queued only once its task's opening fact is known: without it there is nothing to say. */
export const neededSale = ({ taskId, facts }: Of<{ sold?: VehicleSold | undefined }>): VehicleSold =>
  needed(facts.sold, taskId);
export const neededDue = ({ taskId, facts }: Of<{ due?: FirstServiceDue | undefined }>): FirstServiceDue =>
  needed(facts.due, taskId);
export const neededQuote = ({
  taskId,
  facts,
}: Of<{ quote?: RepairQuoteHigh | undefined }>): RepairQuoteHigh => needed(facts.quote, taskId);

function needed<Fact>(fact: Fact | undefined, taskId: string): Fact {
  if (fact === undefined)
    throw new Error(`A message was queued before the fact that it tells of (task ${taskId})`);
  return fact;
}
