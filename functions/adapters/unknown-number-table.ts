import * as z from 'zod';
import type { UnknownNumber } from '../people/unknown-numbers.ts';
import type { UnknownNumbers } from '../ports.ts';
import type { DynamoDB } from './dynamodb.ts';
import { readItemCollection } from './item-collection.ts';
import { keys } from './keys.ts';
import { VersionedItems } from './versioned-items.ts';

/** An employee number that no event has named for this long is deleted. */
const KEPT_SECONDS = 90 * 24 * 60 * 60;

const storedNumber = z.object({
  storeId: z.string(),
  number: z.string(),
  role: z.enum(['salesperson', 'service advisor']),
  times: z.number().int(),
  seenAt: z.string(),
  example: z.string(),
});
export type StoredNumber = z.infer<typeof storedNumber>;

/** Employee numbers that events name but the roster lacks: one item for each store and number. */
export class UnknownNumberTable implements UnknownNumbers {
  readonly #client: DynamoDB;
  readonly #table: string;
  readonly #items: VersionedItems;

  constructor(client: DynamoDB, table: string) {
    this.#client = client;
    this.#table = table;
    this.#items = new VersionedItems(client, table);
  }

  async keep(unknown: UnknownNumber): Promise<void> {
    const key = keys.unknownNumber(unknown.storeId, unknown.number);
    await this.#items.change('An unknown employee number', key, ({ content }) => {
      const before = content && storedNumber.parse(content);
      if (before?.example === unknown.example) return { content: undefined, answer: undefined };
      const expiresAt = Math.floor(Date.parse(unknown.seenAt) / 1000) + KEPT_SECONDS;
      const times = (before?.times ?? 0) + 1;
      return { content: { type: 'unknown-number', ...unknown, times, expiresAt }, answer: undefined };
    });
  }

  /** The numbers of a store, most often seen first. */
  async read(storeId: string): Promise<StoredNumber[]> {
    const items = await readItemCollection(this.#client, this.#table, keys.unknownNumbers(storeId));
    return items.map((item) => storedNumber.parse(item)).toSorted((a, b) => b.times - a.times);
  }
}
