import { BatchGetItemCommand, type KeysAndAttributes } from '@aws-sdk/client-dynamodb';
import { type DynamoDB, fromItem, toItem } from './dynamodb.ts';
import type { Key } from './keys.ts';

const MOST_ATTEMPTS = 5;

const idOf = ({ pk, sk }: Key): string => `${pk} ${sk}`;

/** Items that were read in one call. */
export class Batch {
  readonly #found = new Map<string, Record<string, unknown>>();

  at(key: Key): Record<string, unknown> | undefined {
    return this.#found.get(idOf(key));
  }

  /**
   * DynamoDB may leave some keys of a batch unprocessed; they are asked for again, and after too many tries the read
   * fails.
   */
  static async read(client: DynamoDB, table: string, asked: readonly Key[]): Promise<Batch> {
    const batch = new Batch();
    // DynamoDB refuses a batch that names a key twice.
    const all = [...new Map(asked.map((key) => [idOf(key), key])).values()];
    let left: Record<string, KeysAndAttributes> = {
      [table]: { Keys: all.map(toItem), ConsistentRead: true },
    };
    for (let attempt = 1; Object.keys(left).length > 0; attempt += 1) {
      if (attempt > MOST_ATTEMPTS) throw new Error('DynamoDB left a batch unread again and again');
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetItemCommand({ RequestItems: left }),
      );
      for (const item of Responses?.[table] ?? []) {
        const read = fromItem(item);
        batch.#found.set(`${read['pk']} ${read['sk']}`, read);
      }
      left = UnprocessedKeys ?? {};
    }
    return batch;
  }
}
