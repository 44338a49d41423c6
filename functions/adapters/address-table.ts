import * as z from 'zod';
import { channels } from '../contracts/may-contact.ts';
import type { AddressRecord } from '../customers/opt-outs.ts';
import type { AddressBook } from '../ports.ts';
import type { DynamoDB } from './dynamodb.ts';
import { addressHash, keys } from './keys.ts';
import { VersionedItems } from './versioned-items.ts';

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
});

export const addressFromItem = (item: Record<string, unknown>): AddressRecord => addressItem.parse(item);

/**
 * Opt-outs and bounces by the hash of a customer's address, phone number or customer number; none of these is stored. An
 * opt-out is permanent until the customer opts in again, so these items never expire.
 */
export class AddressTable implements AddressBook {
  readonly #items: VersionedItems;

  constructor(client: DynamoDB, table: string) {
    this.#items = new VersionedItems(client, table);
  }

  async read(address: string): Promise<AddressRecord> {
    return addressItem.parse((await this.#items.read(keys.address(address))).content ?? {});
  }

  change(address: string, next: (known: AddressRecord) => AddressRecord): Promise<AddressRecord> {
    return this.changeOfHash(addressHash(address), next);
  }

  /** For an exported list, which has only the hash. */
  changeOfHash(hash: string, next: (known: AddressRecord) => AddressRecord): Promise<AddressRecord> {
    return this.#items.change('An address', keys.addressOfHash(hash), ({ content }) => {
      const known = addressItem.parse(content ?? {});
      const changed = next(known);
      return {
        content: changed === known ? undefined : { type: 'address', ...changed },
        answer: changed,
      };
    });
  }
}
