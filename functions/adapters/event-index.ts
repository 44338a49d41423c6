import { PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { EventIndex } from '../ports.ts';
import { type DynamoDB, fromItem, toItem } from './dynamodb.ts';
import { expiryAfter } from './expiry.ts';
import { keys } from './keys.ts';

/** As long as logs are kept. After that, an event is found by its deal or repair order. */
const DAYS_KEPT = 90;

const place = z.object({ sk: z.string() });

/** Which tasks an event changed, one item each. Noting the same one twice changes nothing. */
export class EventIndexTable implements EventIndex {
  readonly #client: DynamoDB;
  readonly #table: string;

  constructor(client: DynamoDB, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async note(eventId: string, taskId: string, at: string): Promise<void> {
    const expiresAt = expiryAfter(at, DAYS_KEPT);
    const item = { ...keys.event(eventId, taskId), type: 'event', expiresAt };
    await this.#client.send(new PutItemCommand({ TableName: this.#table, Item: toItem(item) }));
  }

  /** For `npm run trace`. */
  async tasksOf(eventId: string): Promise<string[]> {
    const { Items = [] } = await this.#client.send(
      new QueryCommand({
        TableName: this.#table,
        KeyConditionExpression: 'pk = :event',
        ExpressionAttributeValues: toItem({ ':event': keys.event(eventId, '').pk }),
        ConsistentRead: true,
      }),
    );
    return Items.map((item) => place.parse(fromItem(item)).sk);
  }
}
