import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { CONFLICT, untilWritten } from '../until-written.ts';
import { conditionally, type DynamoDB, fromItem, toItem } from './dynamodb.ts';
import type { Key } from './keys.ts';

const versioned = z.looseObject({ version: z.number().int().default(0) });

/** An item as read. Version 0 means that it does not exist yet, or that a release without versions wrote it. */
export interface Read {
  readonly version: number;
  readonly content: Record<string, unknown> | undefined;
}

/** Wraps an item that was read in another way, such as in a batch. */
export const asRead = (content: Read['content']): Read => ({
  version: versioned.parse(content ?? {}).version,
  content,
});

/**
 * Items with optimistic locking: a consistent read, and a write on the condition that the version has not changed. When
 * a response is lost the SDK retries and fails the condition of its own first attempt; a failed condition that returns
 * the item we wrote counts as success.
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
    return asRead(Item && fromItem(Item));
  }

  /** Writes the next version of an item that was read before. False if somebody changed it in between. */
  async write(key: Key, content: object, before: Pick<Read, 'version'> & Partial<Read>): Promise<boolean> {
    const item = toItem({ ...key, ...content, version: before.version + 1 });
    return conditionally(
      this.#client.send(
        new PutItemCommand({
          TableName: this.#table,
          Item: item,
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          ...isStill(before),
        }),
      ),
      item,
    );
  }

  /** Changes an item and retries on conflicts. `next` returns undefined content if nothing needs to be written. */
  change<T>(
    what: string,
    key: Key,
    next: (before: Read) => { readonly content: object | undefined; readonly answer: T },
  ): Promise<T> {
    return untilWritten(what, async () => {
      const before = await this.read(key);
      const { content, answer } = next(before);
      if (content === undefined || (await this.write(key, content, before))) return answer;
      return CONFLICT;
    });
  }
}

const ofVersion = { ExpressionAttributeNames: { '#version': 'version' } };

/** A new item never replaces an existing one: that may come from a release that this one cannot read. */
function isStill({ version, content }: Pick<Read, 'version'> & Partial<Read>) {
  if (version > 0) {
    const values = toItem({ ':read': version });
    return { ConditionExpression: '#version = :read', ExpressionAttributeValues: values, ...ofVersion };
  }
  return content === undefined
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : { ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(#version)', ...ofVersion };
}
