import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Refusal, RefusalStore } from '../ports.ts';
import { disposeAt } from './disposal.ts';
import { conditionally, type DynamoDB, toItem } from './dynamodb.ts';
import { keys } from './keys.ts';

export class RefusalTable implements RefusalStore {
  readonly #client: DynamoDB;
  readonly #table: string;

  constructor(client: DynamoDB, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async keep(refusal: Refusal): Promise<void> {
    await conditionally(
      this.#client.send(
        new PutItemCommand({
          TableName: this.#table,
          Item: toItem({
            pk: keys.refused,
            sk: refusal.id,
            type: 'refusal',
            ...refusal,
            expiresAt: disposeAt(refusal.at),
          }),
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      ),
    );
  }
}
