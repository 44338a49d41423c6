/** The history of a task for an operator. */
import { GetItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { fromItem, toItem } from '../../functions/adapters/dynamodb.ts';
import { keys } from '../../functions/adapters/keys.ts';
import { type KeptRefusal, refusalFromItem } from '../../functions/adapters/readable-item.ts';
import { TaskTable } from '../../functions/adapters/task-table.ts';
import { countOf, type EmailRecord, emailRecords } from '../../functions/handoff/item-bounds.ts';
import { reasonWords } from '../../functions/handoffs/any-kind/reason-words.ts';
import { type AnyTask, type TaskSubject, taskIdOf } from '../../functions/handoffs/kinds.ts';
import type { TellProgress } from '../lib/progress.ts';
import type { Target } from '../lib/target.ts';
import { logLine } from './log-line.ts';

export async function readTask(target: Target, subject: TaskSubject): Promise<AnyTask | undefined> {
  return new TaskTable(target.dynamodb, target.tableName).read(taskIdOf(subject));
}

const withLog = z.object({
  taskId: z.string(),
  log: z.array(z.object({ eventId: z.string().optional() })),
});

/** The tasks that an event changed. Rarely needed, so there is no index: this scans the whole table. */
export async function tasksOfEvent(
  { dynamodb, tableName }: Target,
  eventId: string,
  storeId: string | undefined,
  tell: TellProgress,
): Promise<string[]> {
  const storeFilter = storeId === undefined ? '' : ' AND storeId = :store';
  const scan = {
    TableName: tableName,
    FilterExpression: `#type = :task${storeFilter}`,
    ProjectionExpression: 'taskId, #log',
    ExpressionAttributeNames: { '#type': 'type', '#log': 'log' },
    ExpressionAttributeValues: toItem({ ':task': 'task', ':store': storeId }),
    ConsistentRead: true,
  };
  const found: string[] = [];
  let read = 0;
  for await (const { Items = [], ScannedCount = 0 } of paginateScan({ client: dynamodb }, scan)) {
    read += ScannedCount;
    tell(`${read} items read`);
    const tasks = Items.map((item) => withLog.parse(fromItem(item)));
    found.push(
      ...tasks
        .filter(({ log }) => log.some((entry) => entry.eventId === eventId))
        .map(({ taskId }) => taskId),
    );
  }
  return found;
}

export async function readRefusal(
  { dynamodb, tableName }: Target,
  eventId: string,
): Promise<KeptRefusal | undefined> {
  const { Item } = await dynamodb.send(
    new GetItemCommand({
      TableName: tableName,
      Key: toItem({ pk: keys.refused, sk: eventId }),
      ConsistentRead: true,
    }),
  );
  return Item && refusalFromItem(fromItem(Item));
}

interface Line {
  readonly at: string;
  readonly text: string;
}

/** Emails and actions in chronological order, with ids and roles but no customer's name or address. */
export function storyOf(task: AnyTask): Line[] {
  const said = task.log.map((entry) => ({ at: entry.at, text: logLine(entry, task) }));
  const sent = emailRecords(task).map((entry) => ({
    at: entry.sentAt ?? entry.owedAt,
    text: emailLine(entry),
  }));
  return [...said, ...sent].toSorted((a, b) => (a.at < b.at ? -1 : 1));
}

function emailLine(entry: EmailRecord): string {
  const to = entry.to === 'customer' ? 'the customer' : entry.to.staff;
  const attempts = 'attempts' in entry && entry.attempts > 1 ? `, ${entry.attempts} attempts` : '';
  const others = countOf(entry) > 1 ? `, the last of ${countOf(entry)}` : '';
  const reported = entry.reported === undefined ? '' : `, ${entry.reported}`;
  const why = entry.reason === undefined ? '' : `: ${reasonWords(entry.reason)}`;
  return `email '${entry.message}' to ${to} is ${entry.state}${reported}${attempts}${others}${why}`;
}
