import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { conditionally, type DynamoDB, toItem } from './dynamodb.ts';
import type { Key } from './keys.ts';

/** Every key at which a version of something was placed; outdated ones are deleted. */
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
 * Copies of what another item is the source of truth of, at each key under which it is looked for. The source is written
 * first, on its version; then the copies are made to match, unless a later version of the source already did. So facts
 * that come late, twice, at once, or that an invocation left half done all end in the same state.
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

  /** Writes the copies of now, and deletes those that older versions have elsewhere. */
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
