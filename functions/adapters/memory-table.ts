import * as z from 'zod';
import { nameKey } from '../customers/name-key.ts';
import type { CustomerMemory, Remembered } from '../customers/ports.ts';
import { isForGood, type Remark, remarks, withRemark } from '../customers/statements.ts';
import { type DisposeAt, lawfulDisposal } from './disposal.ts';
import type { DynamoDB } from './dynamodb.ts';
import { addressHash, type Key, keys, nameHash } from './keys.ts';
import {
  type BothKeys,
  memoryKeysOf,
  type PlainRemarks,
  RekeyedItems,
  type Rekeying,
  type Stored,
} from './rekeyed-items.ts';
import { VersionedItems } from './versioned-items.ts';

type Remarks = readonly Remark[];
const memoryItem = z.object({ remarks: remarks.default([]) });
const remarksIn = (item: Record<string, unknown> | undefined): Remarks =>
  memoryItem.parse(item ?? {}).remarks;

const WHAT = 'What is remembered of a customer';

const storedBy = (disposeAt: DisposeAt): Stored<Remarks> => ({
  is: WHAT,
  parse: remarksIn,
  both: (own, former) => former.reduce(withRemark, own),
  contentOf: (all) => contentOf(all, disposeAt),
  nothing: [],
});

/**
 * Remarks about a customer, stored next to their visits and, by the hash of their name, next to the opt-outs of their
 * address. Two customers who share an address have separate remarks.
 */
export class MemoryTable implements CustomerMemory {
  readonly #disposeAt: DisposeAt;
  readonly #items: VersionedItems;
  readonly #atAddresses: RekeyedItems<Remarks>;

  constructor(client: DynamoDB, table: string, rekeying: Rekeying, disposeAt: DisposeAt = lawfulDisposal) {
    this.#disposeAt = disposeAt;
    this.#items = new VersionedItems(client, table);
    this.#atAddresses = new RekeyedItems(client, table, storedBy(disposeAt), rekeying);
  }

  async read(customer: Remembered): Promise<Remarks> {
    const { storeId, otherNumbers = [] } = customer;
    const merged = otherNumbers.map((number) => keys.memoryOfCustomer(storeId, number));
    const [own, others] = await Promise.all([
      Promise.all([numberKeyOf(customer), ...merged].map((key) => this.#items.read(key))),
      this.#readAtAddress(customer),
    ]);
    return [...own.flatMap(({ content }) => remarksIn(content)), ...others];
  }

  async keep(customer: Remembered, remark: Remark): Promise<Remarks> {
    const [own, others] = await Promise.all([
      this.#keepByNumber(numberKeyOf(customer), remark),
      this.#keepAtAddress(customer, remark),
    ]);
    return [...own, ...others];
  }

  /** Moves an item of an earlier release, whose address and name are known by their plain hashes only. */
  async moveFormer(plain: PlainRemarks): Promise<void> {
    await this.#atAddresses.change(memoryKeysOf(plain, await this.#atAddresses.keyed()), (known) => known);
  }

  #keepByNumber(key: Key, remark: Remark): Promise<Remarks> {
    return this.#items.change(WHAT, key, ({ content }) => {
      const known = remarksIn(content);
      const next = withRemark(known, remark);
      return { content: next === known ? undefined : contentOf(next, this.#disposeAt), answer: next };
    });
  }

  async #readAtAddress(customer: Remembered): Promise<Remarks> {
    const at = await this.#keysAtAddress(customer);
    return at ? (await this.#atAddresses.readAll([at.both, at.nameless])).flat() : [];
  }

  async #keepAtAddress(customer: Remembered, remark: Remark): Promise<Remarks> {
    const at = await this.#keysAtAddress(customer);
    return at ? this.#atAddresses.change(at.both, (known) => withRemark(known, remark)) : [];
  }

  async #keysAtAddress(customer: Remembered): Promise<{ both: BothKeys; nameless: BothKeys } | undefined> {
    const name = nameKey(customer);
    if (customer.email === undefined || name === undefined) return undefined;
    const address = addressHash(customer.email);
    const keyed = await this.#atAddresses.keyed();
    return {
      both: memoryKeysOf({ address, name: nameHash(name) }, keyed),
      nameless: memoryKeysOf({ address }, keyed),
    };
  }
}

const contentOf = (all: Remarks, disposeAt: DisposeAt) => ({
  type: 'memory',
  remarks: all,
  ...disposal(all, disposeAt),
});

const numberKeyOf = ({ storeId, customerNumber }: Remembered): Key =>
  keys.memoryOfCustomer(storeId, customerNumber);

/** Items with a permanent statement never expire. */
function disposal(all: Remarks, disposeAt: DisposeAt): { readonly expiresAt?: number } {
  const last = all
    .map(({ at }) => at)
    .toSorted()
    .at(-1);
  return last === undefined || all.some(isForGood) ? {} : { expiresAt: disposeAt(last) };
}
