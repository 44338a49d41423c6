import { parseDetail } from '../../functions/contracts/contract.ts';
import { repairQuoted } from '../../functions/contracts/repair-quoted.ts';
import { nudgePolicyOf } from '../../functions/group/group.ts';
import type { AnyTask } from '../../functions/handoffs/kinds.ts';
import { amountsOf } from '../../functions/readiness/quote-amounts.ts';
import { emailsIn } from '../support/emails-in.ts';
import { isOfOrder } from '../support/of-order.ts';
import { wholeGroup } from './cloud.ts';
import type { Told } from './stories.ts';

/** Every quote is sent. A small one is told to nobody, and an order whose quote reaches the minimum is told. */
export function brokenQuotes(tasks: Iterable<AnyTask>, told: readonly Told[]): string[] {
  const quotes = told.flatMap(quoteIn);
  return [...tasks].flatMap((task) => {
    if (task.kind !== 'repair-options') return [];
    const { quote } = task.facts;
    const ofOrder = quotes.filter(
      ({ storeId, roNumber, vin }) =>
        storeId === task.storeId && isOfOrder(task, roNumber) && vin === quote?.vehicle.vin,
    );
    return [
      ...(task.state === 'awaited' && quote && isLarge(quote)
        ? [`the quote of ${task.taskId} reaches the minimum, and nobody was told`]
        : []),
      ...(emailsIn(task).length > 0 && task.facts.visit === undefined && !ofOrder.some(({ isHigh }) => isHigh)
        ? [`every quote of ${task.taskId} is small, and somebody was told`]
        : []),
    ];
  });
}

function quoteIn({ detailType, detail }: Told) {
  if (!['repair-quoted', 'repair-quote-high'].includes(detailType)) return [];
  const parsed = parseDetail(repairQuoted, detail);
  if (!parsed.ok) return [];
  const { storeId, roNumber, vehicle } = parsed.fact;
  return [
    {
      storeId,
      roNumber,
      vin: vehicle.vin,
      isHigh: detailType === 'repair-quote-high' || isLarge(parsed.fact),
    },
  ];
}

const isLarge = ({ storeId, quote }: { storeId: string; quote: Parameters<typeof amountsOf>[0] }) => {
  const store = wholeGroup.stores.find(({ id }) => id === storeId);
  return (
    store !== undefined && amountsOf(quote).leftCents >= nudgePolicyOf(wholeGroup, store).repairMinimumCents
  );
};
