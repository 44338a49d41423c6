import type { FirstServiceDue } from '../../contracts/first-service-due.ts';
import type { RepairQuoteHigh } from '../../contracts/repair-quote-high.ts';
import type { VehicleSold } from '../../contracts/vehicle-sold.ts';

interface Of<Facts> {
  readonly taskId: string;
  readonly facts: Facts;
}

/** A message may be queued only after its task's opening fact is known, because its text depends on that fact. */
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
    throw new Error(`A message was queued before its opening fact was known (task ${taskId})`);
  return fact;
}
