import { type DynamoDBClient, paginateScan, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { type ReadableItem, readItem } from '../../functions/adapters/readable-item.ts';
import type { FileReceipt } from '../../functions/feeds/file-receipt.ts';
import { type AnyTask, customerOf } from '../../functions/handoffs/kinds.ts';
import { whyOf } from '../../functions/handoffs/letters.ts';

export interface TaskView {
  taskId: string;
  kind: string;
  state: string;
  storeId: string;
  assignee: { employeeNumber: string; name: string; email: string } | null;
  dueAt: string | null;
  createdAt: string;
  /** By number, never by name: the deal, the repair order or the car, and the customer. */
  about?: string[];
  /** Why Sales was notified of a repair order, or was not, line by line. */
  why?: readonly string[];
  /** The task's other attributes. */
  [more: string]: unknown;
}

export interface DeadLetterView {
  /** The event's, as PutEvents answered it. */
  id: string;
  queue: string;
  at: string;
  reason: string;
  event: unknown;
}

/** The table as the desk shows it. The item codec, functions/adapters/readable-item.ts, knows the items' form. */
export interface TableView {
  tasks(): Promise<TaskView[]>;
  deadLetters(): Promise<DeadLetterView[]>;
  /** What came of the files of feeds, the newest first. */
  receipts(): Promise<FileReceipt[]>;
  /** How many people are in the roster. */
  people(): Promise<number>;
}

type OpenTableView = (table: { client: DynamoDBClient; tableName: string }) => TableView;

export const openTableView: OpenTableView = ({ client, tableName }) => {
  /** A table that the group's file names, to take it over, may have to be made yet: until then it holds nothing. */
  const scan = () =>
    scanAll().catch((error: unknown) => {
      if (error instanceof ResourceNotFoundException) return [];
      throw error;
    });
  const scanAll = async (): Promise<ReadableItem[]> => {
    const found: ReadableItem[] = [];
    for await (const { Items = [] } of paginateScan(
      { client },
      { TableName: tableName, ConsistentRead: true },
    )) {
      for (const item of Items) {
        const readable = readItem(item);
        if (readable) found.push(readable);
      }
    }
    return found;
  };
  return {
    tasks: async () => tasksOf(await scan()),
    deadLetters: async () =>
      (await scan())
        .flatMap((looked) => (looked.is === 'refusal' ? [looked.refusal] : []))
        .map(({ id, queue, at, reason, event }) => ({ id, queue, at, reason, event }))
        .toSorted((one, other) => (one.at < other.at ? -1 : 1)),
    receipts: async () =>
      (await scan())
        .flatMap((looked) => (looked.is === 'feed file' ? [looked.receipt] : []))
        .toSorted((one, other) => (one.modifiedAt < other.modifiedAt ? 1 : -1)),
    people: async () => (await scan()).filter(({ is }) => is === 'staff').length,
  };
};

/** By its numbers in the trade, never by name. */
function aboutOf(task: AnyTask): string[] {
  const numbers = Object.entries(task.subject).map(([name, value]) => `${labels[name] ?? name} ${value}`);
  const customer = customerOf(task)?.customerNumber;
  return 'customerNumber' in task.subject || customer === undefined
    ? numbers
    : [...numbers, `customer ${customer}`];
}

const labels: Readonly<Record<string, string>> = {
  dealNumber: 'deal',
  roNumber: 'RO',
  vin: 'VIN',
  customerNumber: 'customer',
};

/** A task names its person by number; the roster, which is in the same table, knows the name. */
function tasksOf(all: readonly ReadableItem[]): TaskView[] {
  const people = all.flatMap((looked) => (looked.is === 'staff' ? [looked.person] : []));
  const looked = all.flatMap((one) => (one.is === 'task' ? [one] : []));
  const tasks = looked.map(({ task }) => task);
  return looked
    .map(({ task, dueAt }) => {
      const has = people.find(
        ({ storeId, employeeNumber }) =>
          storeId === task.storeId && employeeNumber === task.assignee?.employeeNumber,
      );
      return {
        ...task,
        dueAt: dueAt ?? null,
        about: aboutOf(task),
        why: whyOf(task, tasks),
        assignee:
          task.assignee === undefined
            ? null
            : {
                employeeNumber: task.assignee.employeeNumber,
                name: has?.name ?? '',
                email: has?.email ?? '',
                reason: task.assignee.reason,
              },
      };
    })
    .toSorted((one, other) => (one.createdAt < other.createdAt ? -1 : 1));
}
