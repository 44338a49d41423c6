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
  /** Numbers that identify the deal, the repair order or car, and the customer; never names. */
  about?: string[];
  /** Why Sales was notified about a repair order, or why not, line by line. */
  why?: readonly string[];
  /** The task's other attributes. */
  [more: string]: unknown;
}

export interface DeadLetterView {
  /** The event's id, as PutEvents returned it. */
  id: string;
  queue: string;
  at: string;
  reason: string;
  event: unknown;
}

/** The table as shown on the desk. functions/adapters/readable-item.ts knows the format of items. */
export interface TableView {
  tasks(): Promise<TaskView[]>;
  deadLetters(): Promise<DeadLetterView[]>;
  /** The receipts of feeds' files, newest first. */
  receipts(): Promise<FileReceipt[]>;
  /** The number of people in the roster. */
  people(): Promise<number>;
}

type OpenTableView = (table: { client: DynamoDBClient; tableName: string }) => TableView;

export const openTableView: OpenTableView = ({ client, tableName }) => {
  /** An existing table that the group's file names may not have been created yet. Until then it counts as empty. */
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

/** The numbers that identify what a task is about, never names. */
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

/** A task has its assignee's number; the name comes from the roster in the same table. */
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
