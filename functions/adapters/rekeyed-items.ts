import { isDeepStrictEqual } from 'node:util';
import { householdLookUp, type Keyed, nameAtPlaceLookUp, placeLookUp } from '../customers/identity.ts';
import type { CustomerKey } from '../customers/ports.ts';
import { CONFLICT, untilWritten } from '../until-written.ts';
import { Batch } from './batch.ts';
import type { DynamoDB } from './dynamodb.ts';
import { type Key, keys } from './keys.ts';
import { asRead, type Read, VersionedItems } from './versioned-items.ts';

/** The two keys of an item about a customer: by keyed hash, and by plain hash as releases before 2026-12 stored it. */
export interface BothKeys {
  readonly own: Key;
  readonly former: Key;
}

export const placeKeysOf = (plainHash: string, keyed: Keyed): BothKeys => ({
  own: keys.place(keyed(placeLookUp(plainHash))),
  former: keys.addressOfHash(plainHash),
});

export const appointmentKeysOf = (plainHash: string, keyed: Keyed): BothKeys => ({
  own: keys.appointments(keyed(placeLookUp(plainHash))),
  former: keys.formerAppointments(plainHash),
});

/** An address and a name by their plain hashes. Release 0.1 kept remarks without a name. */
export interface PlainRemarks {
  readonly address: string;
  readonly name?: string | undefined;
}

export const memoryKeysOf = ({ address, name }: PlainRemarks, keyed: Keyed): BothKeys => ({
  own: keys.memoryAtPlace(
    keyed(placeLookUp(address)),
    name === undefined ? undefined : keyed(nameAtPlaceLookUp(name)),
  ),
  former: keys.formerMemory(address, name),
});

/** The prefix of a household's cap, the only cap that is named by an address. */
export const HOUSEHOLD = 'address#';

export const capKeysOf = (what: string, keyed: Keyed): BothKeys => {
  const former = keys.cap(what);
  return what.startsWith(HOUSEHOLD)
    ? { own: keys.cap(`household#${keyed(householdLookUp(what.slice(HOUSEHOLD.length)))}`), former }
    : { own: former, former };
};

export interface Rekeying {
  readonly key: CustomerKey;
  /**
   * Whether a release that knows only plain hashes may still run or be rolled back to. If so, each change is written
   * under the plain hash, too.
   */
  readonly alsoPlain: boolean;
}

/** How one kind of these items is read, merged and written. */
export interface Stored<T> {
  readonly is: string;
  parse(item: Record<string, unknown> | undefined): T;
  /** Merges the two; nobody knows which one is newer. */
  both(own: T, former: T): T;
  contentOf(known: T): object;
  readonly nothing: T;
}

/**
 * Items that an earlier release stored by plain hash. Both items are read in one call, and a change moves the former
 * one's content to the keyed hash. If a write is interrupted, both items have it; the next change cleans up.
 */
export class RekeyedItems<T> {
  readonly #client: DynamoDB;
  readonly #table: string;
  readonly #items: VersionedItems;
  readonly #stored: Stored<T>;
  readonly #rekeying: Rekeying;

  constructor(client: DynamoDB, table: string, stored: Stored<T>, rekeying: Rekeying) {
    this.#client = client;
    this.#table = table;
    this.#items = new VersionedItems(client, table);
    this.#stored = stored;
    this.#rekeying = rekeying;
  }

  keyed(): Promise<Keyed> {
    return this.#rekeying.key.read();
  }

  /** Reads all in one call; the answers are in the order of the keys. */
  async readAll(all: readonly BothKeys[]): Promise<readonly T[]> {
    if (all.length === 0) return [];
    const batch = await this.#batch(all.flatMap(({ own, former }) => [own, former]));
    return all.map((both) => this.#of(batch, both));
  }

  /** Returns what is known after the change. If `next` returns undefined, nothing is written. */
  change<Next extends T | undefined>(both: BothKeys, next: (known: T) => Next): Promise<Next> {
    return untilWritten<Next>(this.#stored.is, async () => {
      const batch = await this.#batch([both.own, both.former]);
      const changed = next(this.#of(batch, both));
      if (changed === undefined) return changed;
      const isKept =
        (await this.#write(both.own, changed, readAt(batch, both.own))) &&
        (isOne(both) || (await this.#settle(both, changed, readAt(batch, both.former))));
      return isKept ? changed : CONFLICT;
    });
  }

  #batch(asked: readonly Key[]): Promise<Batch> {
    return Batch.read(this.#client, this.#table, asked);
  }

  #of(batch: Batch, both: BothKeys): T {
    const own = this.#stored.parse(batch.at(both.own));
    return isOne(both) ? own : this.#stored.both(own, this.#stored.parse(batch.at(both.former)));
  }

  /** Empties the former item. It is not deleted, because functions may not delete; `opt-outs rekey` does that. */
  #settle({ former }: BothKeys, changed: T, before: Read): Promise<boolean> {
    return this.#write(former, this.#rekeying.alsoPlain ? changed : this.#stored.nothing, before);
  }

  async #write(key: Key, changed: T, before: Read): Promise<boolean> {
    const { contentOf, parse } = this.#stored;
    const content = contentOf(changed);
    if (isDeepStrictEqual(parse(before.content), parse({ ...content }))) return true;
    return this.#items.write(key, content, before);
  }
}

const isOne = ({ own, former }: BothKeys): boolean => own === former;

const readAt = (batch: Batch, key: Key): Read => asRead(batch.at(key));
