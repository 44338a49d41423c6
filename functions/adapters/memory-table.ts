import * as z from 'zod';
import { isForGood, type Remark, remarks, withRemark } from '../customers/statements.ts';
import type { CustomerMemory, Remembered } from '../ports.ts';
import { disposeAt } from './disposal.ts';
import type { DynamoDB } from './dynamodb.ts';
import { type Key, keys } from './keys.ts';
import { VersionedItems } from './versioned-items.ts';

const memoryItem = z.object({ remarks: remarks.default([]) });

/** Remarks about a customer, stored next to their visits and their opt-outs. */
export class MemoryTable implements CustomerMemory {
  readonly #items: VersionedItems;

  constructor(client: DynamoDB, table: string) {
    this.#items = new VersionedItems(client, table);
  }

  async read(customer: Remembered): Promise<readonly Remark[]> {
    const found = await Promise.all(placesOf(customer).map((key) => this.#items.read(key)));
    return found.flatMap(({ content }) => memoryItem.parse(content ?? {}).remarks);
  }

  async keep(customer: Remembered, remark: Remark): Promise<readonly Remark[]> {
    const known = await Promise.all(placesOf(customer).map((key) => this.#keepIn(key, remark)));
    return known.flat();
  }

  #keepIn(key: Key, remark: Remark): Promise<readonly Remark[]> {
    return this.#items.change('What is remembered of a customer', key, ({ content }) => {
      const known = memoryItem.parse(content ?? {}).remarks;
      const next = withRemark(known, remark);
      return {
        content: next === known ? undefined : { type: 'memory', remarks: next, ...disposal(next) },
        answer: next,
      };
    });
  }
}

function placesOf({ storeId, customerNumber, email }: Remembered): readonly Key[] {
  const customerKey = keys.memoryOfCustomer(storeId, customerNumber);
  return email === undefined ? [customerKey] : [customerKey, keys.memoryOfAddress(email)];
}

/** Items with a permanent statement never expire. */
function disposal(all: readonly Remark[]): { readonly expiresAt?: number } {
  const last = all
    .map(({ at }) => at)
    .toSorted()
    .at(-1);
  return last === undefined || all.some(isForGood) ? {} : { expiresAt: disposeAt(last) };
}
