import type { Reached } from '../customers/contact-places.ts';
import type { Keyed } from '../customers/identity.ts';
import { type KnownContact, knownContact, stillWanted, type Wanted } from '../customers/known-contact.ts';
import { type NumberRecord, numberRecord } from '../customers/number-record.ts';
import type { AddressRecord } from '../customers/opt-outs.ts';
import type { ContactBook, CustomerKey } from '../customers/ports.ts';
import { addressFromBoth } from './address-table.ts';
import { Batch } from './batch.ts';
import { type DisposeAt, lawfulDisposal } from './disposal.ts';
import type { DynamoDB } from './dynamodb.ts';
import { addressHash, type Key, keys } from './keys.ts';
import { placeKeysOf } from './rekeyed-items.ts';
import { VersionedItems } from './versioned-items.ts';

/**
 * Everything known about contacting a customer, wherever it is stored. Takes one batch read, and one more for each
 * merge of customer numbers on the way.
 */
export class ContactTable implements ContactBook {
  readonly #disposeAt: DisposeAt;
  readonly #client: DynamoDB;
  readonly #table: string;
  readonly #key: CustomerKey;
  readonly #items: VersionedItems;

  constructor(client: DynamoDB, table: string, key: CustomerKey, disposeAt: DisposeAt = lawfulDisposal) {
    this.#disposeAt = disposeAt;
    this.#client = client;
    this.#table = table;
    this.#key = key;
    this.#items = new VersionedItems(client, table);
  }

  async read(reached: Reached): Promise<KnownContact> {
    const records = new Map<string, AddressRecord>();
    const numberRecords = new Map<string, NumberRecord>();
    const read = { records, numberRecords };
    const keyed = await this.#key.read();
    for (;;) {
      const wanted = stillWanted(reached, read);
      if (wanted.places.length + wanted.numbers.length === 0) return knownContact(reached, read);
      const found = await Batch.read(this.#client, this.#table, keysOf(reached.storeId, wanted, keyed));
      for (const place of wanted.places) {
        const { own, former } = placeKeysOf(addressHash(place), keyed);
        records.set(place, addressFromBoth(found.at(own), found.at(former)));
      }
      for (const number of wanted.numbers) {
        numberRecords.set(
          number,
          numberRecord.parse(found.at(keys.customerNumber(reached.storeId, number)) ?? {}),
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
}

const keysOf = (storeId: string, { places, numbers }: Wanted, keyed: Keyed): Key[] => [
  ...places
    .map((place) => placeKeysOf(addressHash(place), keyed))
    .flatMap(({ own, former }) => [own, former]),
  ...numbers.map((number) => keys.customerNumber(storeId, number)),
];

function itemOf(known: NumberRecord, disposeAt: DisposeAt): object {
  const last = [known.changed?.at ?? '', known.mergedAt ?? ''].toSorted().at(-1);
  return { type: 'customer number', ...known, ...(last ? { expiresAt: disposeAt(last) } : {}) };
}
