import { QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { AnyTask } from '../handoffs/kinds.ts';
import { type Letter, letter } from '../leavers/letter.ts';
import type { MyDay } from '../my-day/my-day.ts';
import { type Item, isDay, isLetter, isReport } from '../my-day/outbox-owner.ts';
import { type StoreSchedule, storeSchedule } from '../my-day/store-schedule.ts';
import type { DueItem, TaskStore } from '../ports.ts';
import type { WeeklyReport } from '../weekly-report/weekly-report.ts';
import { type DisposeAt, lawfulDisposal } from './disposal.ts';
import { type DynamoDB, fromItem, toItem } from './dynamodb.ts';
import { DUE, doneAt, keys, lostWith, openFor } from './keys.ts';
import { ReportTable } from './report-table.ts';
import {
  dayFromItem,
  dayToItem,
  letterToItem,
  scheduleToItem,
  taskFromItem,
  taskToItem,
} from './task-item.ts';
import { VersionedItems } from './versioned-items.ts';

/** The start key of the next page of an index, as text. */
const place = z.record(z.string(), z.object({ S: z.string() }));
type Place = z.infer<typeof place>;
const DUE_PER_PAGE = 100;

const indexItem = z.object({ pk: z.string() });
const dueIndexItem = indexItem.extend({ sk: z.string(), dueAt: z.string() });

export class TaskTable implements TaskStore {
  readonly #disposeAt: DisposeAt;
  readonly #client: DynamoDB;
  readonly #table: string;
  readonly #items: VersionedItems;
  readonly #reports: ReportTable;

  constructor(client: DynamoDB, table: string, disposeAt: DisposeAt = lawfulDisposal) {
    this.#disposeAt = disposeAt;
    this.#client = client;
    this.#table = table;
    this.#items = new VersionedItems(client, table);
    this.#reports = new ReportTable(client, table, disposeAt);
  }

  async read(taskId: string): Promise<AnyTask | undefined> {
    const { content } = await this.#items.read(keys.task(taskId));
    return content && taskFromItem(content);
  }

  async readDay(dayId: string): Promise<MyDay | undefined> {
    const { content } = await this.#items.read(keys.day(dayId));
    return content && dayFromItem(content);
  }

  readReport(reportId: string): Promise<WeeklyReport | undefined> {
    return this.#reports.readReport(reportId);
  }

  async readLetter(letterId: string): Promise<Letter | undefined> {
    const { content } = await this.#items.read(keys.letter(letterId));
    return content && letter.parse(content);
  }

  async readSchedule(storeId: string): Promise<StoreSchedule | undefined> {
    const { content } = await this.#items.read(keys.store(storeId));
    return content && storeSchedule.parse(content);
  }

  write(item: Item): Promise<boolean> {
    const disposeAt = this.#disposeAt;
    if (isDay(item)) return this.#items.write(keys.day(item.dayId), dayToItem(item, disposeAt), item);
    if (isReport(item)) return this.#reports.writeReport(item);
    if (isLetter(item))
      return this.#items.write(keys.letter(item.letterId), letterToItem(item, disposeAt), item);
    return this.#items.write(keys.task(item.taskId), taskToItem(item, disposeAt), item);
  }

  writeSchedule(schedule: StoreSchedule): Promise<boolean> {
    return this.#items.write(keys.store(schedule.storeId), scheduleToItem(schedule), schedule);
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
      const { pk, sk, dueAt } = dueIndexItem.parse(item);
      return named(pk).map(({ is, id }) => ({ is, id: wholeId(is, id, sk), dueAt }));
    });
    return { found, ...(next ? { next: JSON.stringify(next) } : {}) };
  }

  async findOfPerson(storeId: string, employeeNumber: string): Promise<readonly string[]> {
    return this.#taskIds({
      IndexName: 'open-by-assignee',
      KeyConditionExpression: 'openFor = :person',
      ExpressionAttributeValues: toItem({ ':person': openFor({ storeId, employeeNumber }) }),
    });
  }

  async findLost(storeId: string, employeeNumber: string, since: string): Promise<readonly string[]> {
    return this.#taskIds({
      IndexName: 'open-by-assignee',
      KeyConditionExpression: 'openFor = :person AND openSince >= :since',
      ExpressionAttributeValues: toItem({
        ':person': lostWith({ storeId, employeeNumber }),
        ':since': since,
      }),
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

  async #taskIds(query: Omit<QueryCommandInput, 'TableName'>): Promise<string[]> {
    const ids: string[] = [];
    let next: Place | undefined;
    do {
      const page = await this.#page({ ...query, ...(next && { ExclusiveStartKey: next }) });
      const found = page.items.flatMap((item) => named(indexItem.parse(item).pk));
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

const kinds = [
  'task',
  'day',
  'report',
  'store',
  'feed-file',
  'campaign',
  'letter',
] as const satisfies readonly DueItem['is'][];

/** Adds the part of the id that is in the sort key. */
function wholeId(is: DueItem['is'], id: string, sk: string): string {
  if (is === 'feed-file') return `${id}#${sk}`;
  return is === 'letter' ? `${id}${sk}` : id;
}

/** The type and id of an item from its key; types that only a newer release knows are skipped. */
function named(pk: string): Pick<DueItem, 'is' | 'id'>[] {
  const is = kinds.find((kind) => pk.startsWith(`${kind}#`));
  return is === undefined ? [] : [{ is, id: pk.slice(is.length + 1) }];
}
