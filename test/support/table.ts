import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openDynamoDBServer } from './dynamodb-server.ts';

/** An empty table on a DynamoDB of its own, with the product's keys and indexes. */
export interface TestTable {
  readonly client: DynamoDBClient;
  readonly name: string;
  readonly endpoint: string;
  readonly close: () => Promise<void>;
}

export async function openTable(): Promise<TestTable> {
  const { client, endpoint, createTable, close } = await openDynamoDBServer();
  return { client, endpoint, name: await createTable(), close };
}
