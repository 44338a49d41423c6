import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { hasFailed, type VersionOfFact } from '../group/refused-fact.ts';
import type { Refusal, RefusalStore } from '../ports.ts';
import { type DisposeAt, lawfulDisposal } from './disposal.ts';
import { conditionally, type DynamoDB, toItem } from './dynamodb.ts';
import { keys } from './keys.ts';

export class RefusalTable implements RefusalStore {
  readonly #disposeAt: DisposeAt;
  readonly #client: DynamoDB;
  readonly #table: string;

  constructor(client: DynamoDB, table: string, disposeAt: DisposeAt = lawfulDisposal) {
    this.#disposeAt = disposeAt;
    this.#client = client;
    this.#table = table;
  }

  /** Each write is made again after a stop in between, and changes nothing the second time. */
  async keep({ fact, ...refusal }: Refusal): Promise<void> {
    await conditionally(
      this.#client.send(
        new PutItemCommand({
          TableName: this.#table,
          Item: toItem({
            pk: keys.refused,
            sk: refusal.id,
            type: 'refusal',
            ...refusal,
            expiresAt: this.#disposeAt(refusal.at),
          }),
          // What was put back and fails again is news: it must not go with the old one when that is taken off.
          ConditionExpression: 'attribute_not_exists(pk) OR attribute_exists(putBackAt)',
        }),
      ),
    );
    if (fact) await this.#index(fact, refusal);
  }

  /** For the good version that comes later. After `dead-letters forget` or a redrive it leads to nothing, which is harmless. */
  async #index({ key, ...version }: VersionOfFact, { id, at, time, ...refusal }: Refusal): Promise<void> {
    const { eventId, functionName, queue } = refusal;
    const failed = hasFailed(queue) ? { eventId, functionName } : undefined;
    const item = { ...keys.refusedFact(key, id), type: 'refused version', ...version, time, failed };
    await this.#client.send(
      new PutItemCommand({
        TableName: this.#table,
        Item: toItem({ ...item, expiresAt: this.#disposeAt(at) }),
      }),
    );
  }
}
