import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { forEachAtOnce } from '../at-once.ts';
import type { KnownFact } from '../feeds/compare.ts';
import type { FactToKeep, FeedFacts } from '../feeds/ports.ts';
import { Batch } from './batch.ts';
import { conditionally, type DynamoDB, toItem } from './dynamodb.ts';
import { keys } from './keys.ts';

const WRITES_AT_ONCE = 25;

const known = z.object({
  hash: z.string(),
  asOf: z.string(),
  file: z.string(),
  isNoted: z.boolean().optional(),
  detailType: z.string().optional(),
});

/** The last thing a feed's files said about each number: a keyed hash of it, since when, and in which file. */
export class FeedFactTable implements FeedFacts {
  readonly #client: DynamoDB;
  readonly #table: string;

  constructor(client: DynamoDB, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async read(feed: string, ids: readonly string[]): Promise<ReadonlyMap<string, KnownFact>> {
    if (ids.length === 0) return new Map();
    const keyOf = (id: string) => keys.feedFact(feed, id);
    const batch = await Batch.read(this.#client, this.#table, ids.map(keyOf));
    return new Map(
      ids.flatMap((id) => {
        const item = batch.at(keyOf(id));
        return item === undefined ? [] : [[id, known.parse(item)]];
      }),
    );
  }

  keep(feed: string, facts: readonly FactToKeep[]): Promise<void> {
    return forEachAtOnce(facts, { limit: () => WRITES_AT_ONCE }, (fact) => this.#keepOne(feed, fact));
  }

  async #keepOne(feed: string, { id, detailType, known, until }: FactToKeep): Promise<void> {
    const item = { ...keys.feedFact(feed, id), type: 'feed fact', detailType, ...known };
    await conditionally(
      this.#client.send(
        new PutItemCommand({
          TableName: this.#table,
          Item: toItem({ ...item, expiresAt: Math.floor(Date.parse(until) / 1000) }),
          ConditionExpression: 'attribute_not_exists(pk) OR asOf <= :asOf',
          ExpressionAttributeValues: toItem({ ':asOf': known.asOf }),
        }),
      ),
    );
  }
}
