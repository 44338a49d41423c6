import {
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { DUE, doneAt, type Key, keys, openFor } from '../handoff/keys.ts';
import { type Item, isDay } from '../handoff/outbox-owner.ts';
import type { DueItem, TaskStore } from '../handoff/ports.ts';
import type { Task } from '../handoff/task.ts';
import { type MyDay, myDay } from '../my-day/my-day.ts';
import { type StoreWatch, storeWatch } from '../my-day/store-schedule.ts';
import { conditionally, type DynamoDB, fromItem, toItem } from './dynamodb.ts';
import { dayToItem, taskFromItem, taskToItem, watchToItem } from './task-item.ts';

/** What a page of an index says: where the next one begins, as text. */
const place = z.record(z.string(), z.object({ S: z.string() }));
type Place = z.infer<typeof place>;
const DUE_PER_PAGE = 100;

const ofIndex = z.object({ pk: z.string() });
const ofDue = ofIndex.extend({ dueAt: z.string() });

export class TaskTable implements TaskStore {
  readonly #client: DynamoDB;
  readonly #table: string;

  constructor(client: DynamoDB, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async read(taskId: string): Promise<Task | undefined> {
    const item = await this.#get(keys.task(taskId));
    return item && taskFromItem(item);
  }

  async readDay(dayId: string): Promise<MyDay | undefined> {
    const item = await this.#get(keys.day(dayId));
    return item && myDay.parse(item);
  }

  async readWatch(storeId: string): Promise<StoreWatch | undefined> {
    const item = await this.#get(keys.store(storeId));
    return item && storeWatch.parse(item);
  }

  async write(item: Item): Promise<boolean> {
    const version = item.version + 1;
    return this.#put(
      isDay(item) ? dayToItem({ ...item, version }) : taskToItem({ ...item, version }),
      item.version,
    );
  }

  async writeWatch(watch: StoreWatch): Promise<boolean> {
    return this.#put(watchToItem({ ...watch, version: watch.version + 1 }), watch.version);
  }

  async findDue(now: string, page?: string): Promise<{ found: readonly DueItem[]; next?: string }> {
    const { items, next } = await this.#page({
      IndexName: 'due',
      KeyConditionExpression: 'due = :due AND dueAt <= :now',
      ExpressionAttributeValues: toItem({ ':due': DUE, ':now': now }),
      Limit: DUE_PER_PAGE,
      ...(page === undefined ? {} : { ExclusiveStartKey: place.parse(JSON.parse(page)) }),
    });
    const found = items.flatMap((item) => {
      const { pk, dueAt } = ofDue.parse(item);
      return named(pk).map((one) => ({ ...one, dueAt }));
    });
    return { found, ...(next ? { next: JSON.stringify(next) } : {}) };
  }

  async findOfPerson(storeId: string, employeeNumber: string): Promise<readonly string[]> {
    return this.#taskIds({
      IndexName: 'open-by-assignee',
      KeyConditionExpression: 'openFor = :person',
      ExpressionAttributeValues: toItem({ ':person': openFor(storeId, employeeNumber) }),
    });
  }

  async findOfStore(storeId: string): Promise<readonly string[]> {
    return this.#taskIds({
      IndexName: 'open-by-store',
      KeyConditionExpression: 'openAt = :store',
      ExpressionAttributeValues: toItem({ ':store': storeId }),
    });
  }

  async findDone(storeId: string, since: string): Promise<readonly string[]> {
    return this.#taskIds({
      IndexName: 'open-by-store',
      KeyConditionExpression: 'openAt = :done AND openSince >= :since',
      ExpressionAttributeValues: toItem({ ':done': doneAt(storeId), ':since': since }),
    });
  }

  async #get(key: Key): Promise<Record<string, unknown> | undefined> {
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: toItem(key), ConsistentRead: true }),
    );
    return Item && fromItem(Item);
  }

  async #put(content: Record<string, unknown>, read: number): Promise<boolean> {
    const item = toItem(content);
    return conditionally(
      this.#client.send(
        new PutItemCommand({
          TableName: this.#table,
          Item: item,
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          ...(read === 0
            ? { ConditionExpression: 'attribute_not_exists(pk)' }
            : {
                ConditionExpression: '#version = :read',
                ExpressionAttributeNames: { '#version': 'version' },
                ExpressionAttributeValues: toItem({ ':read': read }),
              }),
        }),
      ),
      item,
    );
  }

  async #taskIds(query: Omit<QueryCommandInput, 'TableName'>): Promise<string[]> {
    const ids: string[] = [];
    let next: Place | undefined;
    do {
      const page = await this.#page({ ...query, ...(next && { ExclusiveStartKey: next }) });
      const found = page.items.flatMap((item) => named(ofIndex.parse(item).pk));
      ids.push(...found.flatMap(({ is, id }) => (is === 'task' ? [id] : [])));
      next = page.next;
    } while (next);
    return ids;
  }

  async #page(
    query: Omit<QueryCommandInput, 'TableName'>,
  ): Promise<{ items: Record<string, unknown>[]; next?: Place }> {
    const { Items = [], LastEvaluatedKey } = await this.#client.send(
      new QueryCommand({ TableName: this.#table, ScanIndexForward: true, ...query }),
    );
    const items = Items.map((item) => fromItem(item));
    return { items, ...(LastEvaluatedKey ? { next: place.parse(LastEvaluatedKey) } : {}) };
  }
}

const kinds = ['task', 'day', 'store'] as const satisfies readonly DueItem['is'][];

/** What kind of item a key names; one that only a newer release knows is left to it. */
function named(pk: string): Pick<DueItem, 'is' | 'id'>[] {
  const is = kinds.find((kind) => pk.startsWith(`${kind}#`));
  return is === undefined ? [] : [{ is, id: pk.slice(is.length + 1) }];
}
