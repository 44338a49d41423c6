import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { LookUp } from '../customers/identity.ts';
import type { CustomerKey } from '../customers/ports.ts';
import type { CreditEntry, CreditPlaces } from '../ports.ts';
import { holdout } from '../readiness/holdout.ts';
import { type DisposeAt, lawfulDisposal } from './disposal.ts';
import { type DynamoDB, toItem } from './dynamodb.ts';
import { readItemCollection } from './item-collection.ts';
import { keys } from './keys.ts';

const noted = { id: z.string(), storeId: z.string(), customerNumber: z.string() };
const stored = z.discriminatedUnion('of', [
  z.object({ ...noted, of: z.enum(['handoff', 'deal', 'contact']) }),
  z.object({ ...noted, of: z.literal('household'), ...holdout.pick({ arm: true, since: true }).shape }),
]);

/**
 * Handoffs, deals, contacts and households, stored under the keyed hashes of a customer's numbers, addresses and
 * phones.
 */
export class CreditTable implements CreditPlaces {
  readonly #disposeAt: DisposeAt;
  readonly #client: DynamoDB;
  readonly #table: string;
  readonly #key: CustomerKey;

  constructor(client: DynamoDB, table: string, key: CustomerKey, disposeAt: DisposeAt = lawfulDisposal) {
    this.#disposeAt = disposeAt;
    this.#client = client;
    this.#table = table;
    this.#key = key;
  }

  async note(entry: CreditEntry, places: readonly LookUp[], at: string): Promise<void> {
    const keyed = await this.#key.read();
    const expiresAt = this.#disposeAt(at);
    for (const place of places) {
      const key = keys.creditPlace(keyed(place), `${entry.of}#${entry.id}`);
      const Item = toItem({ ...key, type: 'place of credit', ...entry, expiresAt });
      await this.#client.send(new PutItemCommand({ TableName: this.#table, Item }));
    }
  }

  async find(places: readonly LookUp[]): Promise<readonly CreditEntry[]> {
    const keyed = await this.#key.read();
    const partitions = [...new Set(places.map((place) => keys.creditPlace(keyed(place), '').pk))];
    const read = (pk: string) => readItemCollection(this.#client, this.#table, pk);
    const items = (await Promise.all(partitions.map(read))).flat();
    const entries = items.map((item) => stored.parse(item));
    return [...new Map(entries.map((one) => [`${one.of}#${one.id}`, one])).values()];
  }
}
