import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { CONFLICT, untilWritten } from '../until-written.ts';
import { conditionally, type DynamoDB, fromItem, toItem } from './dynamodb.ts';
import type { Key } from './keys.ts';

const versioned = z.looseObject({ version: z.number().int().default(0) });

/** An item as it was read; version 0 is an item that is not there yet. */
export interface Read {
  readonly version: number;
  readonly content: Record<string, unknown> | undefined;
}

/**
 * Items that are written on their version: a consistent read, and a write on the condition that nobody else wrote since.
 * A client that hears nothing asks again by itself and then fails its own condition; a failed condition that shows what
 * we wrote counts as ours.
 */
export class VersionedItems {
  readonly #client: DynamoDB;
  readonly #table: string;

  constructor(client: DynamoDB, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async read(key: Key): Promise<Read> {
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: toItem(key), ConsistentRead: true }),
    );
    const content = Item && fromItem(Item);
    return { version: versioned.parse(content ?? {}).version, content };
  }

  /** Writes the next version of an item that was read as `version`. False where somebody else wrote since. */
  async write(key: Key, content: object, version: number): Promise<boolean> {
    const item = toItem({ ...key, ...content, version: version + 1 });
    const isNew = version === 0;
    return conditionally(
      this.#client.send(
        new PutItemCommand({
          TableName: this.#table,
          Item: item,
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          ConditionExpression: isNew
            ? 'attribute_not_exists(pk) OR attribute_not_exists(#version)'
            : '#version = :read',
          ExpressionAttributeNames: { '#version': 'version' },
          ...(isNew ? {} : { ExpressionAttributeValues: toItem({ ':read': version }) }),
        }),
      ),
      item,
    );
  }

  /** Changes an item until the change is written. `next` answers undefined where nothing is to be written. */
  change<T>(
    what: string,
    key: Key,
    next: (before: Read) => { readonly content: object | undefined; readonly answer: T },
  ): Promise<T> {
    return untilWritten(what, async () => {
      const before = await this.read(key);
      const { content, answer } = next(before);
      if (content === undefined || (await this.write(key, content, before.version))) return answer;
      return CONFLICT;
    });
  }
}
