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

  /** If it stops halfway, the retry makes each write again; making one twice changes nothing. */
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
          // An event that was put back and failed again is a new refusal: taking the old one off the list must not
          // remove it.
          ConditionExpression: 'attribute_not_exists(pk) OR attribute_exists(putBackAt)',
        }),
      ),
    );
    if (fact) await this.#index(fact, refusal);
  }

  /**
   * Lets a later good version find the refusal. After `dead-letters forget` or a redrive the entry points at nothing,
   * which is harmless.
   */
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
