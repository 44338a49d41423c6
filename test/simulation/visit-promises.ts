import { decisionFromItem } from '../../functions/adapters/decision-table.ts';
import { fromItem } from '../../functions/adapters/dynamodb.ts';
import { keys } from '../../functions/adapters/keys.ts';
import type { FactVersion } from '../../functions/contracts/fact-version.ts';
import { isStaff } from '../../functions/handoff/outbox-entry.ts';
import { isOpen } from '../../functions/handoff/task.ts';
import type { AnyTask, TaskOf } from '../../functions/handoffs/kinds.ts';
import type { Decision } from '../../functions/readiness/decision.ts';
import { emailsIn } from '../support/emails-in.ts';
import { isOfOrder } from '../support/of-order.ts';
import type { SimulatedTable } from './dynamodb.ts';
import type { Told } from './stories.ts';
import { isFresh } from './visit-stories.ts';

type Order = TaskOf<'repair-options'>;
const isOrder = (task: AnyTask): task is Order => task.kind === 'repair-options';

/** Every word that is known of an order, acted on or kept back: that it was written, and its quotes. */
export const wordsOn = ({ facts: { quote, smallQuote, visit }, settling }: Order) =>
  [quote, smallQuote, settling?.quote, visit].filter((one) => one !== undefined);

/** A quote in any of the places where one is kept, the latest first. */
export const quoteOn = ({ facts: { quote, smallQuote }, settling }: Order): FactVersion | undefined =>
  settling?.quote ?? quote ?? smallQuote;

/** From the write on: an advisor's no keeps Sales away, however ready the customer looks. */
export function brokenNo(task: AnyTask): string[] {
  if (!isOrder(task)) return [];
  const { advisorSays, salesAskedBy = '' } = task;
  const isNo = advisorSays === 'not now' || advisorSays === 'never';
  return isNo && ['assessment', 'silence'].includes(salesAskedBy)
    ? [`the advisor of ${task.taskId} said ${advisorSays}, and Sales is asked by ${salesAskedBy}`]
    : [];
}

/** A visit asks once, of whom something is known, and until its order is over. */
export function brokenVisits(tasks: Iterable<AnyTask>, told: readonly Told[]): string[] {
  const ends = told.flatMap(endIn);
  return [...tasks].filter(isOrder).flatMap((order) => {
    const { visit } = order.facts;
    const questions = emailsIn(order).filter(({ message }) => message === 'visit-question');
    const readers = questions.map(({ to }) => (isStaff(to) ? to.staff : to));
    return [
      ...(questions.length > 0 && isFresh(visit?.customer.customerNumber)
        ? [`nothing is known of the customer of ${order.taskId}, and somebody was asked about them`]
        : []),
      ...(new Set(readers).size < readers.length && !hasMoved(order)
        ? [`somebody was asked twice about the visit of ${order.taskId}`]
        : []),
      ...(isLeftOpen(order, ends) ? [`the order of ${order.taskId} is over, and its question is open`] : []),
      ...(order.settling !== undefined && (order.deadlines.settle ?? '') < order.updatedAt
        ? [`the lines of ${order.taskId} never settled`]
        : []),
    ];
  });
}

/** It went to a colleague, or a choice about it was taken back. */
const hasMoved = ({ log }: Order): boolean =>
  log.some(({ what }) => what === 'moved' || what === 'undone') ||
  log.filter(({ what }) => what === 'assigned').length > 1;

interface End {
  readonly storeId: unknown;
  readonly roNumber: unknown;
  readonly occurredAt: string;
}

const endIn = ({ detailType, detail }: Told): End[] => {
  const { storeId, roNumber, occurredAt } = detail;
  return ['service-visit-completed', 'repair-order-voided'].includes(detailType)
    ? [{ storeId, roNumber, occurredAt: new Date(String(occurredAt)).toISOString() }]
    : [];
};

function isLeftOpen(order: Order, ends: readonly End[]): boolean {
  const last = wordsOn(order)
    .map(({ occurredAt }) => occurredAt)
    .toSorted()
    .at(-1);
  return (
    order.facts.visit !== undefined &&
    isOpen(order) &&
    !order.log.some(({ what }) => what === 'undone') &&
    ends.some(
      ({ storeId, roNumber, occurredAt }) =>
        storeId === order.storeId && isOfOrder(order, roNumber) && occurredAt > (last ?? ''),
    )
  );
}

/** Asked about, or silent with the reasons kept, or about an order that was over. */
export function isVisitKnown(
  table: SimulatedTable,
  orders: readonly Order[],
  detail: Told['detail'],
): boolean {
  const at = new Date(String(detail['occurredAt'])).toISOString();
  return (
    decisionsOf(table, String(detail['storeId']), String(detail['roNumber'])).some(
      ({ quote }) => quote.occurredAt >= at,
    ) ||
    orders.some((order) => wordsOn(order).some(({ occurredAt }) => occurredAt >= at) || isOver(order, at))
  );
}

const decisionsOf = (table: SimulatedTable, storeId: string, roNumber: string): Decision[] =>
  [...table.partitionsOf(keys.decision(storeId, roNumber, '').pk)].map((item) =>
    decisionFromItem(fromItem(item)),
  );

/**
 * Nobody was asked at a write-up whose reasons would not do, so its order, which began with a quote at the same moment, need not
 * know it. Where a visit was asked about, an older word would have asked after a later one was silent.
 */
export const wasSilentAt = (table: SimulatedTable, { storeId, facts }: Order, at: string): boolean =>
  facts.quote !== undefined &&
  decisionsOf(table, storeId, facts.quote.roNumber).some(
    ({ quote, assessment }) => quote.occurredAt === at && !('quote' in quote) && !assessment.nudge,
  );

const isOver = (order: Order, at: string): boolean =>
  endedSince(order, at) || ['completed', 'cancelled', 'history'].includes(order.state);

/** A quote that was kept back for more lines is dropped as the order ends: nobody is told of it any more. */
export const endedSince = ({ facts: { voided, closed } }: Order, at: string): boolean =>
  [voided, closed].some((end) => end !== undefined && end.occurredAt >= at);
