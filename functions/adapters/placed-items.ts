import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { conditionally, type DynamoDB, toItem } from './dynamodb.ts';
import type { Key } from './keys.ts';

/** Every key at which a version of an item has a copy; outdated copies are deleted. */
export const places = z.array(z.object({ pk: z.string(), sk: z.string() })).default([]);

export interface Copy {
  readonly key: Key;
  readonly copy: object;
}

const isSame = (a: Key, b: Key) => a.pk === b.pk && a.sk === b.sk;

export const withPlaces = (known: readonly Key[], added: readonly Key[]): Key[] => [
  ...known,
  ...added.filter((key) => !known.some((one) => isSame(one, key))),
];

/**
 * Copies of an item, one under each key by which it is looked up. The item itself is the source of truth and is
 * written first, on its version; then the copies are made to match, unless a later version already did so. Facts that
 * come late, twice or at once, and invocations that stop halfway, all end in the same state.
 */
export class PlacedItems {
  readonly #client: DynamoDB;
  readonly #table: string;
  readonly #counter: string;

  /** `counter`: the attribute in which a copy keeps the version of its source. */
  constructor(client: DynamoDB, table: string, counter: 'orderVersion' | 'dealVersion') {
    this.#client = client;
    this.#table = table;
    this.#counter = counter;
  }

  /** Writes the current copies, and deletes those that older versions left at other keys. */
  async place(
    { now, known }: { readonly now: readonly Copy[]; readonly known: readonly Key[] },
    version: number,
  ): Promise<void> {
    for (const { key, copy } of now) await this.put(key, copy, version);
    for (const place of known.filter((one) => !now.some(({ key }) => isSame(one, key)))) {
      const deletion = { TableName: this.#table, Key: toItem(place), ...this.#unlessLater(version) };
      await conditionally(this.#client.send(new DeleteItemCommand(deletion)));
    }
  }

  async put(key: Key, copy: object, version: number): Promise<void> {
    const Item = toItem({ ...key, ...copy, [this.#counter]: version });
    const write = { TableName: this.#table, Item, ...this.#unlessLater(version) };
    await conditionally(this.#client.send(new PutItemCommand(write)));
  }

  #unlessLater(version: number) {
    return {
      ConditionExpression: 'attribute_not_exists(#counter) OR #counter <= :version',
      ExpressionAttributeNames: { '#counter': this.#counter },
      ExpressionAttributeValues: toItem({ ':version': version }),
    };
  }
}
