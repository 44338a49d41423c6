import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { DecisionStore } from '../ports.ts';
import { type Decision, decision as decisionSchema, orderOf } from '../readiness/decision.ts';
import { type DisposeAt, lawfulDisposal } from './disposal.ts';
import { conditionally, type DynamoDB, toItem } from './dynamodb.ts';
import { type Key, keys } from './keys.ts';

export class DecisionTable implements DecisionStore {
  readonly #disposeAt: DisposeAt;
  readonly #client: DynamoDB;
  readonly #table: string;

  constructor(client: DynamoDB, table: string, disposeAt: DisposeAt = lawfulDisposal) {
    this.#disposeAt = disposeAt;
    this.#client = client;
    this.#table = table;
  }

  async keep(decision: Decision): Promise<void> {
    const { storeId, occurredAt, contentHash } = decision.quote;
    const key = keys.decision(storeId, orderOf(decision), occurredAt, contentHash);
    await this.#client.send(new PutItemCommand(this.#put(key, decision)));
  }

  /** If the SDK itself retries, a decision that asked the advisor passes the condition again. */
  async keepUnlessSilent(decision: Decision): Promise<boolean> {
    const { storeId, occurredAt, contentHash = '' } = decision.quote;
    return conditionally(
      this.#client.send(
        new PutItemCommand({
          ...this.#put(keys.visitDecision(storeId, orderOf(decision)), decision),
          ConditionExpression:
            'attribute_not_exists(pk) OR assessment.nudge = :asked OR quote.occurredAt < :at ' +
            'OR (quote.occurredAt = :at AND quote.contentHash <> :hash)',
          ExpressionAttributeValues: toItem({ ':asked': true, ':at': occurredAt, ':hash': contentHash }),
        }),
      ),
    );
  }

  #put(key: Key, decision: Decision) {
    const item = { ...key, type: 'decision', ...decision, expiresAt: this.#disposeAt(decision.at) };
    return { TableName: this.#table, Item: toItem(item) };
  }
}

/** Throws on an item that this release cannot read as a decision. */
export const decisionFromItem = (item: Record<string, unknown>): Decision => decisionSchema.parse(item);
