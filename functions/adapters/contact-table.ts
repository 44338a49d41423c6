import { BatchGetItemCommand, type KeysAndAttributes } from '@aws-sdk/client-dynamodb';
import type { Reached } from '../customers/contact-places.ts';
import { type KnownContact, knownContact, stillWanted, type Wanted } from '../customers/known-contact.ts';
import { type NumberRecord, numberRecord } from '../customers/number-record.ts';
import type { AddressRecord } from '../customers/opt-outs.ts';
import type { ContactBook } from '../ports.ts';
import { addressFromItem } from './address-table.ts';
import { type DisposeAt, lawfulDisposal } from './disposal.ts';
import { type DynamoDB, fromItem, toItem } from './dynamodb.ts';
import { type Key, keys } from './keys.ts';
import { VersionedItems } from './versioned-items.ts';

/** What is known of contacting a customer, wherever it is stored: one batch, and one more for each step of a merge. */
export class ContactTable implements ContactBook {
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

  async read(reached: Reached): Promise<KnownContact> {
    const records = new Map<string, AddressRecord>();
    const numberRecords = new Map<string, NumberRecord>();
    const read = { records, numberRecords };
    for (;;) {
      const wanted = stillWanted(reached, read);
      if (wanted.places.length + wanted.numbers.length === 0) return knownContact(reached, read);
      const found = await this.#batch(keysOf(reached.storeId, wanted));
      for (const place of wanted.places) {
        records.set(place, addressFromItem(found.get(idOf(keys.address(place))) ?? {}));
      }
      for (const number of wanted.numbers) {
        numberRecords.set(
          number,
          numberRecord.parse(found.get(idOf(keys.customerNumber(reached.storeId, number))) ?? {}),
        );
      }
    }
  }

  async change(
    storeId: string,
    customerNumber: string,
    next: (known: NumberRecord) => NumberRecord,
  ): Promise<void> {
    await this.#items.change(
      "A customer's contact details",
      keys.customerNumber(storeId, customerNumber),
      ({ content }) => {
        const known = numberRecord.parse(content ?? {});
        const changed = next(known);
        const isSame = JSON.stringify(changed) === JSON.stringify(known);
        return {
          content: isSame ? undefined : { ...itemOf(changed, this.#disposeAt), storeId, customerNumber },
          answer: undefined,
        };
      },
    );
  }

  /** DynamoDB may leave some of a batch for later; they are asked for again, until it is too busy. */
  async #batch(asked: readonly Key[]): Promise<Map<string, Record<string, unknown>>> {
    const found = new Map<string, Record<string, unknown>>();
    let left: Record<string, KeysAndAttributes> = {
      [this.#table]: { Keys: asked.map(toItem), ConsistentRead: true },
    };
    for (let attempt = 1; Object.keys(left).length > 0; attempt += 1) {
      if (attempt > MOST_ATTEMPTS) throw new Error('DynamoDB left a batch unread again and again');
      const { Responses, UnprocessedKeys } = await this.#client.send(
        new BatchGetItemCommand({ RequestItems: left }),
      );
      for (const item of Responses?.[this.#table] ?? []) {
        const read = fromItem(item);
        found.set(`${read['pk']} ${read['sk']}`, read);
      }
      left = UnprocessedKeys ?? {};
    }
    return found;
  }
}

const MOST_ATTEMPTS = 5;

const idOf = ({ pk, sk }: Key): string => `${pk} ${sk}`;

/** A batch refuses the same key twice, and two spellings of a place can share one. */
function keysOf(storeId: string, { places, numbers }: Wanted): Key[] {
  const all = [...places.map(keys.address), ...numbers.map((number) => keys.customerNumber(storeId, number))];
  return [...new Map(all.map((key) => [idOf(key), key])).values()];
}

function itemOf(known: NumberRecord, disposeAt: DisposeAt): object {
  const last = [known.changed?.at ?? '', known.mergedAt ?? ''].toSorted().at(-1);
  return { type: 'customer number', ...known, ...(last ? { expiresAt: disposeAt(last) } : {}) };
}
