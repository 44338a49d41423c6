import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { isForGood, type Remark, remarks, withRemark } from '../customers/statements.ts';
import { type Key, keys } from '../handoff/keys.ts';
import type { CustomerMemory, Remembered } from '../handoff/ports.ts';
import { conditionally, type DynamoDB, fromItem, toItem } from './dynamodb.ts';
import { disposeAt } from './task-item.ts';

const memoryItem = z.object({ version: z.number().int(), remarks });
type MemoryItem = z.infer<typeof memoryItem>;

const ATTEMPTS = 20;

/** What was said of a customer, beside their visits and beside their opt-outs. */
export class MemoryTable implements CustomerMemory {
  readonly #client: DynamoDB;
  readonly #table: string;

  constructor(client: DynamoDB, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async read(customer: Remembered): Promise<readonly Remark[]> {
    const found = await Promise.all(placesOf(customer).map((key) => this.#read(key)));
    return found.flatMap((item) => item.remarks);
  }

  async keep(customer: Remembered, remark: Remark): Promise<readonly Remark[]> {
    const known = await Promise.all(placesOf(customer).map((key) => this.#keepIn(key, remark)));
    return known.flat();
  }

  async #keepIn(key: Key, remark: Remark): Promise<readonly Remark[]> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const known = await this.#read(key);
      const next = withRemark(known.remarks, remark);
      if (next === known.remarks || (await this.#write(key, known.version, next))) return next;
    }
    throw new Error(`What is remembered of a customer was written by others ${ATTEMPTS} times in a row`);
  }

  async #read(key: Key): Promise<MemoryItem> {
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: toItem(key), ConsistentRead: true }),
    );
    return Item ? memoryItem.parse(fromItem(Item)) : { version: 0, remarks: [] };
  }

  async #write(key: Key, read: number, next: readonly Remark[]): Promise<boolean> {
    const item = { ...key, type: 'memory', version: read + 1, remarks: next, ...disposal(next) };
    return conditionally(
      this.#client.send(
        new PutItemCommand({
          TableName: this.#table,
          Item: toItem(item),
          ConditionExpression: 'attribute_not_exists(pk) OR #version = :read',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: toItem({ ':read': read }),
        }),
      ),
    );
  }
}

function placesOf({ storeId, customerNumber, email }: Remembered): readonly Key[] {
  const ofCustomer = keys.memoryOfCustomer(storeId, customerNumber);
  return email === undefined ? [ofCustomer] : [ofCustomer, keys.memoryOfAddress(email)];
}

/** What holds for good is kept for good. */
function disposal(all: readonly Remark[]): { readonly expiresAt?: number } {
  const last = all
    .map(({ at }) => at)
    .toSorted()
    .at(-1);
  return last === undefined || all.some(isForGood) ? {} : { expiresAt: disposeAt(last) };
}
