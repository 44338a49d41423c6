import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import {
  type AttributeValue,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  paginateScan,
  type WriteRequest,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { tableSchema } from './table-schema.ts';
import type { TestDynamoDB } from './test-dynamodb.ts';

/** A DynamoDB that is called over HTTP, so that commands in processes of their own can use it, too. */
export interface DynamoDBServer extends TestDynamoDB {
  readonly client: DynamoDBClient;
  readonly endpoint: string;
}

/** `embedded`, the address of a DynamoDB, or undefined: see test/README.md. */
export const requestedDynamoDB = process.env['TEST_DYNAMODB'] || undefined;

type Item = Record<string, AttributeValue>;
const LONGEST_WAIT_SECONDS = 120;
const BATCH = 25;

/** Embedded in this process, unless TEST_DYNAMODB names one that stands elsewhere. */
export async function openDynamoDBServer(): Promise<DynamoDBServer> {
  if (requestedDynamoDB === undefined || requestedDynamoDB === 'embedded') return openEmbedded();
  return openAt(requestedDynamoDB);
}

async function openEmbedded(): Promise<DynamoDBServer> {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0 });
  const endpoint = await listen(server);
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials: anyone });
  return {
    client,
    endpoint,
    createTable: () => createTable(client),
    emptyTable: (name) => emptyTable(client, name),
    close: async () => {
      client.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function openAt(endpoint: string): DynamoDBServer {
  const client = new DynamoDBClient({ endpoint, region: regionOfEnvironment, ...credentialsElsewhere });
  const created: string[] = [];
  return {
    client,
    endpoint,
    createTable: async () => {
      const name = await createTable(client);
      created.push(name);
      return name;
    },
    emptyTable: (name) => emptyTable(client, name),
    close: async () => {
      for (const TableName of created) await client.send(new DeleteTableCommand({ TableName }));
      client.destroy();
    },
  };
}

const anyone = { accessKeyId: 'local', secretAccessKey: 'local' };
const regionOfEnvironment = process.env['AWS_REGION'] ?? 'us-east-1';
/** DynamoDB Local takes any credentials but wants some; AWS wants those of the shell. */
const hasCredentials = ['AWS_PROFILE', 'AWS_ACCESS_KEY_ID'].some((name) => process.env[name]);
const credentialsElsewhere = hasCredentials ? {} : { credentials: anyone };

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

/** CreateTable answers before the table can be used: a read in between finds no table. */
async function createTable(client: DynamoDBClient): Promise<string> {
  const TableName = `handoffs-test-${randomUUID()}`;
  await client.send(new CreateTableCommand({ ...tableSchema, TableName, BillingMode: 'PAY_PER_REQUEST' }));
  await waitUntilTableExists(
    { client, maxWaitTime: LONGEST_WAIT_SECONDS, minDelay: 0.01, maxDelay: 1 },
    { TableName },
  );
  return TableName;
}

async function emptyTable(client: DynamoDBClient, name: string): Promise<void> {
  const scan = { TableName: name, ProjectionExpression: 'pk, sk', ConsistentRead: true };
  for await (const { Items = [] } of paginateScan({ client }, scan)) {
    const requests = Items.map((Key) => ({ DeleteRequest: { Key } }));
    await writeAll(client, name, requests);
  }
}

/** Puts items that were made elsewhere, such as on a table in memory: many at a time, where an adapter writes one. */
export async function putItems(
  { client }: DynamoDBServer,
  name: string,
  items: readonly Item[],
): Promise<void> {
  const requests = items.map((Item) => ({ PutRequest: { Item } }));
  await writeAll(client, name, requests);
}

async function writeAll(client: DynamoDBClient, name: string, requests: WriteRequest[]): Promise<void> {
  for (let at = 0; at < requests.length; at += BATCH) {
    let RequestItems: Record<string, WriteRequest[]> = { [name]: requests.slice(at, at + BATCH) };
    while (Object.values(RequestItems).flat().length > 0) {
      const { UnprocessedItems = {} } = await client.send(new BatchWriteItemCommand({ RequestItems }));
      RequestItems = UnprocessedItems;
    }
  }
}
