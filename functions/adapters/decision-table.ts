import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { DecisionStore } from '../ports.ts';
import { type Decision, decision as decisionSchema } from '../readiness/decision.ts';
import { disposeAt } from './disposal.ts';
import { type DynamoDB, toItem } from './dynamodb.ts';
import { keys } from './keys.ts';

export class DecisionTable implements DecisionStore {
  readonly #client: DynamoDB;
  readonly #table: string;

  constructor(client: DynamoDB, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async keep(decision: Decision): Promise<void> {
    const { storeId, roNumber, occurredAt } = decision.quote;
    const item = {
      ...keys.decision(storeId, roNumber, occurredAt),
      type: 'decision',
      ...decision,
      expiresAt: disposeAt(decision.at),
    };
    await this.#client.send(new PutItemCommand({ TableName: this.#table, Item: toItem(item) }));
  }
}

/** Throws on an item that this release cannot read as a decision. */
export const decisionFromItem = (item: Record<string, unknown>): Decision => decisionSchema.parse(item);
