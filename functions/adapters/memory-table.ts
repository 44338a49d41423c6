import { QueryCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { nameKey } from '../customers/name-key.ts';
import type { CustomerMemory, Remembered } from '../customers/ports.ts';
import { isForGood, type Remark, remarks, withRemark } from '../customers/statements.ts';
import { CONFLICT, untilWritten } from '../until-written.ts';
import { type DisposeAt, lawfulDisposal } from './disposal.ts';
import { type DynamoDB, fromItem, toItem } from './dynamodb.ts';
import { type Key, keys, MEMORY } from './keys.ts';
import { type Read, VersionedItems } from './versioned-items.ts';

const memoryItem = z.object({ remarks: remarks.default([]) });
const stored = z.looseObject({ sk: z.string(), version: z.number().int().default(0) });

const WHAT = 'What is remembered of a customer';

/**
 * Remarks about a customer, stored next to their visits and, under their name, next to the opt-outs of their address. Two
 * customers with one address are two memories.
 */
export class MemoryTable implements CustomerMemory {
  readonly #disposeAt: DisposeAt;
  readonly #client: DynamoDB;
  readonly #table: string;
  readonly #items: VersionedItems;

  constructor(client: DynamoDB, table: string, disposeAt: DisposeAt = lawfulDisposal) {
    this.#disposeAt = disposeAt;
    this.#client = client;
    this.#table = table;
    this.#items = new VersionedItems(client, table);
  }

  async read(customer: Remembered): Promise<readonly Remark[]> {
    const atAddress = addressKeyOf(customer);
    const { storeId, otherNumbers = [] } = customer;
    const merged = otherNumbers.map((number) => keys.memoryOfCustomer(storeId, number));
    const [own, others] = await Promise.all([
      Promise.all([numberKeyOf(customer), ...merged].map((key) => this.#items.read(key))),
      atAddress === undefined ? undefined : this.#beside(atAddress),
    ]);
    return [...own.flatMap(remarksIn), ...(others?.known ?? [])];
  }

  async keep(customer: Remembered, remark: Remark): Promise<readonly Remark[]> {
    const atAddress = addressKeyOf(customer);
    const [own, others] = await Promise.all([
      this.#keepByNumber(numberKeyOf(customer), remark),
      atAddress === undefined ? [] : this.#keepByAddress(atAddress, remark),
    ]);
    return [...own, ...others];
  }

  #keepByNumber(key: Key, remark: Remark): Promise<readonly Remark[]> {
    return this.#items.change(WHAT, key, (before) => {
      const known = remarksIn(before);
      const next = withRemark(known, remark);
      return { content: next === known ? undefined : contentOf(next, this.#disposeAt), answer: next };
    });
  }

  #keepByAddress(key: Key, remark: Remark): Promise<readonly Remark[]> {
    return untilWritten(WHAT, async () => {
      const { own, known } = await this.#beside(key);
      const next = withRemark(known, remark);
      if (next === known || (await this.#items.write(key, contentOf(next, this.#disposeAt), own)))
        return next;
      return CONFLICT;
    });
  }

  /** The customer's own item, and all that is known with what an earlier release stored without a name. */
  async #beside({ pk, sk }: Key): Promise<{ readonly own: Read; readonly known: readonly Remark[] }> {
    const { Items = [] } = await this.#client.send(
      new QueryCommand({
        TableName: this.#table,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: toItem({ ':pk': pk, ':from': MEMORY, ':to': `${MEMORY}#~` }),
        ConsistentRead: true,
      }),
    );
    const found = Items.map((item) => stored.parse(fromItem(item)));
    const content = found.find((item) => item.sk === sk);
    const own = { version: content?.version ?? 0, content };
    const nameless = found.find((item) => item.sk === MEMORY);
    const earlier = remarksIn({ version: 0, content: nameless });
    return { own, known: earlier.reduce(withRemark, remarksIn(own)) };
  }
}

const remarksIn = ({ content }: Read): readonly Remark[] => memoryItem.parse(content ?? {}).remarks;

const contentOf = (all: readonly Remark[], disposeAt: DisposeAt) => ({
  type: 'memory',
  remarks: all,
  ...disposal(all, disposeAt),
});

const numberKeyOf = ({ storeId, customerNumber }: Remembered): Key =>
  keys.memoryOfCustomer(storeId, customerNumber);

function addressKeyOf(customer: Remembered): Key | undefined {
  const name = nameKey(customer);
  return customer.email === undefined || name === undefined
    ? undefined
    : keys.memoryOfAddress(customer.email, name);
}

/** Items with a permanent statement never expire. */
function disposal(all: readonly Remark[], disposeAt: DisposeAt): { readonly expiresAt?: number } {
  const last = all
    .map(({ at }) => at)
    .toSorted()
    .at(-1);
  return last === undefined || all.some(isForGood) ? {} : { expiresAt: disposeAt(last) };
}
