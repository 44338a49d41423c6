import * as z from 'zod';
import { channels } from '../contracts/may-contact.ts';
import { type AddressRecord, withBoth } from '../customers/opt-outs.ts';
import type { AddressBook } from '../customers/ports.ts';
import type { DynamoDB } from './dynamodb.ts';
import { addressHash, keys } from './keys.ts';
import { placeKeysOf, RekeyedItems, type Rekeying, type Stored } from './rekeyed-items.ts';

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

/** Nobody knows which of the two is newer. It does not matter: an opt-out in either one counts. */
export const addressFromBoth = (own: Item, former: Item): AddressRecord =>
  withBoth(addressFromItem(own), addressFromItem(former));

const stored: Stored<AddressRecord> = {
  is: 'An address',
  parse: addressFromItem,
  both: withBoth,
  contentOf: (known) => ({ type: 'address', ...known }),
  nothing: { optOuts: [] },
};

/**
 * Opt-outs and bounces by the keyed hash of a customer's address, phone number or customer number; none of these is
 * stored. An opt-out is permanent until the customer opts in again, so these items never expire.
 */
export class AddressTable implements AddressBook {
  readonly #items: RekeyedItems<AddressRecord>;

  constructor(client: DynamoDB, table: string, rekeying: Rekeying) {
    this.#items = new RekeyedItems(client, table, stored, rekeying);
  }

  async read(address: string): Promise<AddressRecord> {
    const both = placeKeysOf(addressHash(address), await this.#items.keyed());
    const [known] = await this.#items.readAll([both]);
    return known ?? stored.nothing;
  }

  change(address: string, next: (known: AddressRecord) => AddressRecord): Promise<AddressRecord> {
    return this.changeOfHash(addressHash(address), next);
  }

  /** For records known by their plain hash only: the list of an earlier release, or an item that it stored. */
  async changeOfHash(
    plainHash: string,
    next: (known: AddressRecord) => AddressRecord,
  ): Promise<AddressRecord> {
    return this.#items.change(placeKeysOf(plainHash, await this.#items.keyed()), next);
  }

  /** For an exported list, which holds only keyed hashes. */
  changeOfKeyedHash(hash: string, next: (known: AddressRecord) => AddressRecord): Promise<AddressRecord> {
    const own = keys.place(hash);
    return this.#items.change({ own, former: own }, next);
  }
}
