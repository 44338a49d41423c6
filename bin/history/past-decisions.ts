/** Reads the stored decisions and their outcomes. Nothing here writes. */
import { type AttributeValue, paginateQuery, paginateScan } from '@aws-sdk/client-dynamodb';
import { decisionFromItem } from '../../functions/adapters/decision-table.ts';
import { fromItem, toItem } from '../../functions/adapters/dynamodb.ts';
import { keys } from '../../functions/adapters/keys.ts';
import { taskFromItem } from '../../functions/adapters/task-item.ts';
import { emailRecords, mayHaveLeft } from '../../functions/handoff/item-bounds.ts';
import type { UpgradeConversation } from '../../functions/handoffs/upgrade-conversation/task.ts';
import type { Decision } from '../../functions/readiness/decision.ts';
import type { PastDecision } from '../../functions/readiness/replay-policy.ts';
import type { TellProgress } from '../lib/progress.ts';
import type { Target } from '../lib/target.ts';

type Table = Pick<Target, 'dynamodb' | 'tableName'>;

/** The decisions about one order or appointment, one for each version of its quote, oldest first. */
export async function decisionsOfOrder(
  { dynamodb, tableName }: Table,
  storeId: string,
  roNumber: string,
): Promise<Decision[]> {
  const query = {
    TableName: tableName,
    KeyConditionExpression: 'pk = :order',
    ExpressionAttributeValues: toItem({ ':order': keys.decision(storeId, roNumber, '').pk }),
    ConsistentRead: true,
  };
  const found: Decision[] = [];
  for await (const { Items = [] } of paginateQuery({ client: dynamodb }, query)) {
    found.push(...Items.map((item) => decisionFromItem(fromItem(item))));
  }
  return found.toSorted((a, b) => (a.at < b.at ? -1 : 1));
}

/** Every decision of the dealer group, read page by page, with whether it led to a nudge. */
export async function readPast({ dynamodb, tableName }: Table, tell: TellProgress): Promise<PastDecision[]> {
  let read = 0;
  const decisions: Decision[] = [];
  const nudgedOrders = new Set<string>();
  const scan = {
    TableName: tableName,
    FilterExpression: '#type = :decision OR (#type = :task AND #kind = :conversation)',
    ExpressionAttributeNames: { '#type': 'type', '#kind': 'kind' },
    ExpressionAttributeValues: toItem({
      ':decision': 'decision',
      ':task': 'task',
      ':conversation': 'upgrade-conversation',
    }),
    ConsistentRead: true,
  };
  for await (const { Items = [], ScannedCount = 0 } of paginateScan({ client: dynamodb }, scan)) {
    read += ScannedCount;
    tell(`${read} items read`);
    for (const item of Items) sort(item, decisions, nudgedOrders);
  }
  return withWhatHappened(decisions, nudgedOrders);
}

function sort(
  attributes: Record<string, AttributeValue>,
  decisions: Decision[],
  nudgedOrders: Set<string>,
): void {
  const item = fromItem(attributes);
  if (item['type'] === 'decision') {
    decisions.push(decisionFromItem(item));
    return;
  }
  const task = taskFromItem(item);
  if (task.kind === 'upgrade-conversation' && wasNudged(task)) nudgedOrders.add(orderOf(task));
}

/** A conversation that a customer asked for has no decision, and so no order. */
const orderOf = ({ storeId, subject }: UpgradeConversation) =>
  JSON.stringify([storeId, 'roNumber' in subject ? subject.roNumber : undefined]);

/** Whether the rule caused the conversation. One that a customer asked for is not a nudge. */
const wasNudged = (task: UpgradeConversation) =>
  task.facts.asked?.by !== 'customer' &&
  emailRecords(task).some((record) => record.message === 'upgrade-nudge' && mayHaveLeft(record));

/**
 * If a quote has several versions, the nudge is attributed to the first one that led to it. Decisions about an
 * appointment are left out: they notify nobody in Sales, and the visit is decided again.
 */
function withWhatHappened(decisions: readonly Decision[], nudgedOrders: ReadonlySet<string>): PastDecision[] {
  const counted = new Set<string>();
  return decisions
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
    .flatMap(({ assessment, quote, ...decision }) => {
      if (!('roNumber' in quote)) return [];
      const order = JSON.stringify([quote.storeId, quote.roNumber]);
      const nudged = assessment.nudge && nudgedOrders.has(order) && !counted.has(order);
      if (nudged) counted.add(order);
      return [{ ...decision, quote, nudged }];
    });
}
