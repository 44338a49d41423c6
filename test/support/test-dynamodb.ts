import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** A DynamoDB for tests: in memory, embedded, or elsewhere. */
export interface TestDynamoDB {
  readonly client: Pick<DynamoDBClient, 'send'>;
  /** Undefined where only this process can reach it. */
  readonly endpoint: string | undefined;
  /** Creates an empty table with the product's keys and indexes, and waits until it is active. */
  createTable(): Promise<string>;
  emptyTable(name: string): Promise<void>;
  close(): Promise<void>;
}
