import { DeleteItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { type GoodVersion, makesUpFor } from '../group/refused-fact.ts';
import type { CorrectedRefusals } from '../ports.ts';
import { type DynamoDB, fromItem, toItem } from './dynamodb.ts';
import { type Key, keys } from './keys.ts';

const refusedVersion = z.object({
  sk: z.string(),
  storeId: z.string().optional(),
  isOfNoStore: z.boolean().optional(),
  subject: z.string().optional(),
  occurredAt: z.string().optional(),
  revision: z.number().optional(),
  time: z.string().optional(),
  failed: z.object({ eventId: z.string().optional(), functionName: z.string().optional() }).optional(),
});

/**
 * Taking off more would take too long for one event. Refusals of a file that was repeated every night go with the
 * next versions.
 */
const MOST_AT_ONCE = 100;

export class CorrectedRefusalTable implements CorrectedRefusals {
  readonly #client: DynamoDB;
  readonly #table: string;

  constructor(client: DynamoDB, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /** Called late or twice, it finds nothing more to take off. */
  async takeOff({ key, ...good }: GoodVersion): Promise<number> {
    const { Items = [] } = await this.#client.send(
      new QueryCommand({
        TableName: this.#table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: toItem({ ':pk': keys.refusedFact(key, '').pk }),
        ConsistentRead: true,
        Limit: MOST_AT_ONCE,
      }),
    );
    const refused = Items.map((item) => refusedVersion.parse(fromItem(item)));
    const madeUpFor = refused.filter((version) => makesUpFor(good, version));
    for (const { sk: refusalId } of madeUpFor) {
      await this.#delete({ pk: keys.refused, sk: refusalId });
      // Deleted last: if this stops in between, the index entry still leads to the refusal.
      await this.#delete(keys.refusedFact(key, refusalId));
    }
    return madeUpFor.length;
  }

  async #delete(key: Key): Promise<void> {
    await this.#client.send(new DeleteItemCommand({ TableName: this.#table, Key: toItem(key) }));
  }
}
