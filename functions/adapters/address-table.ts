import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { channels } from '../contracts/may-contact.ts';
import { type Keyed, placeLookUp } from '../customers/identity.ts';
import { type AddressRecord, withBoth } from '../customers/opt-outs.ts';
import type { AddressBook, CustomerKey } from '../customers/ports.ts';
import { CONFLICT, untilWritten } from '../until-written.ts';
import type { DynamoDB } from './dynamodb.ts';
import { addressHash, type Key, keys } from './keys.ts';
import { type Read, VersionedItems } from './versioned-items.ts';

const addressItem = z.object({
  optOuts: z
    .array(
      z.object({
        kind: z.string(),
        storeId: z.string(),
        at: z.string(),
        channel: z.enum(channels).optional(),
        saidBy: z.string().optional(),
      }),
    )
    .default([]),
  bouncedAt: z.string().optional(),
  lifted: z.array(z.object({ channel: z.enum(channels), at: z.string(), by: z.string() })).optional(),
});

type Item = Record<string, unknown> | undefined;
export const addressFromItem = (item: Item): AddressRecord => addressItem.parse(item ?? {});

const NOTHING: AddressRecord = { optOuts: [] };

/** The two keys of a place: by its keyed hash, and by the plain one of releases before 2026-12. */
export interface PlaceKeys {
  readonly own: Key;
  readonly former: Key;
}

export const placeKeysOf = (plainHash: string, keyed: Keyed): PlaceKeys => ({
  own: keys.place(keyed(placeLookUp(plainHash))),
  former: keys.addressOfHash(plainHash),
});

/** Nobody knows which of the two is newer, and it need not be known: a no in one of them stands. */
export const addressFromBoth = (own: Item, former: Item): AddressRecord =>
  withBoth(addressFromItem(own), addressFromItem(former));

export interface AddressTableOptions {
  readonly key: CustomerKey;
  /** Whether a release that knows plain hashes only may still run, or come back: it has to find each no, too. */
  readonly alsoPlain: boolean;
}

/**
 * Opt-outs and bounces by the keyed hash of a customer's address, phone number or customer number; none of these is
 * stored. An opt-out is permanent until the customer opts in again, so these items never expire. An item of an earlier
 * release, by plain hash, is read beside and moves here with the next change.
 */
export class AddressTable implements AddressBook {
  readonly #items: VersionedItems;
  readonly #key: CustomerKey;
  readonly #alsoPlain: boolean;

  constructor(client: DynamoDB, table: string, { key, alsoPlain }: AddressTableOptions) {
    this.#items = new VersionedItems(client, table);
    this.#key = key;
    this.#alsoPlain = alsoPlain;
  }

  async read(address: string): Promise<AddressRecord> {
    const [own, former] = await this.#readBoth(placeKeysOf(addressHash(address), await this.#key.read()));
    return addressFromBoth(own.content, former.content);
  }

  change(address: string, next: (known: AddressRecord) => AddressRecord): Promise<AddressRecord> {
    return this.changeOfHash(addressHash(address), next);
  }

  /** For what is known by its plain hash only: the list of an earlier release, or an item of one. */
  async changeOfHash(
    plainHash: string,
    next: (known: AddressRecord) => AddressRecord,
  ): Promise<AddressRecord> {
    const both = placeKeysOf(plainHash, await this.#key.read());
    return untilWritten('An address', async () => {
      const [own, former] = await this.#readBoth(both);
      const changed = next(addressFromBoth(own.content, former.content));
      // The former item goes last: whoever is interrupted leaves a no too many, never one too few.
      const isKept =
        (await this.#write(both.own, changed, own)) && (await this.#settle(both, changed, former));
      return isKept ? changed : CONFLICT;
    });
  }

  /** For an exported list, which has only the keyed hash. */
  async changeOfKeyedHash(
    hash: string,
    next: (known: AddressRecord) => AddressRecord,
  ): Promise<AddressRecord> {
    const key = keys.place(hash);
    return untilWritten('An address', async () => {
      const own = await this.#items.read(key);
      const changed = next(addressFromItem(own.content));
      return (await this.#write(key, changed, own)) ? changed : CONFLICT;
    });
  }

  #readBoth({ own, former }: PlaceKeys): Promise<[Read, Read]> {
    return Promise.all([this.#items.read(own), this.#items.read(former)]);
  }

  /** A former item is emptied only: no function may delete one, and `opt-outs rekey` does. */
  #settle({ former: key }: PlaceKeys, changed: AddressRecord, former: Read): Promise<boolean> {
    return this.#write(key, this.#alsoPlain ? changed : NOTHING, former);
  }

  async #write(key: Key, changed: AddressRecord, before: Read): Promise<boolean> {
    if (isDeepStrictEqual(addressFromItem(before.content), addressFromItem({ ...changed }))) return true;
    return this.#items.write(key, { type: 'address', ...changed }, before);
  }
}
