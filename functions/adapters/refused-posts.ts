import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Refusal, RefusedPosts } from '../feeds/post-ports.ts';
import { type DynamoDB, toItem } from './dynamodb.ts';
import { expiryAfter } from './expiry.ts';
import { keys } from './keys.ts';

const KEPT_DAYS = 30;

/** Refused posts, counted by feed and day (UTC): one item a day, however many posts come. */
export class RefusedPostTable implements RefusedPosts {
  readonly #client: DynamoDB;
  readonly #table: string;

  constructor(client: DynamoDB, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async count(feed: string, because: Refusal, at: string): Promise<void> {
    const expiresAt = expiryAfter(at, KEPT_DAYS);
    await this.#client.send(
      new UpdateItemCommand({
        TableName: this.#table,
        Key: toItem(keys.refusedPosts(feed, at.slice(0, 10))),
        UpdateExpression: 'SET #type = :type, expiresAt = :expiresAt ADD #because :one',
        ExpressionAttributeNames: { '#type': 'type', '#because': because },
        ExpressionAttributeValues: toItem({ ':type': 'refused-posts', ':expiresAt': expiresAt, ':one': 1 }),
      }),
    );
  }
}
