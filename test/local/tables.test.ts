import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, expect, it } from 'vitest';
import { clientOptions } from '../../local/emulator/aws.ts';
import { openTables } from '../../local/emulator/dynamodb/tables.ts';
import { openJournal } from '../../local/emulator/journal.ts';
import type { TableSpec } from '../../local/emulator/stack/tables.ts';

const data = mkdtempSync(join(tmpdir(), 'tables-'));
const journal = openJournal(join(data, 'journal.sqlite'));

afterAll(() => {
  journal.close();
  rmSync(data, { recursive: true });
});

const plain: TableSpec = {
  TableName: 'items',
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
};
const indexed: TableSpec = {
  ...plain,
  AttributeDefinitions: [...plain.AttributeDefinitions, { AttributeName: 'kind', AttributeType: 'S' }],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-kind',
      KeySchema: [{ AttributeName: 'kind', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
};
const otherKey: TableSpec = {
  ...plain,
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
};

async function withTables<T>(spec: TableSpec, work: (client: DynamoDBClient) => Promise<T>) {
  const said: string[] = [];
  const tables = await openTables(data, journal, [spec], (line) => said.push(line));
  const address = tables.server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const client = new DynamoDBClient(clientOptions(`http://127.0.0.1:${port}`));
  const result = await work(client);
  client.destroy();
  await tables.stop();
  return { result, said };
}

it('keeps its items when an index changes, and starts anew when the key does', async () => {
  const TableName = 'items';
  await withTables(plain, async (client) => {
    for (let at = 0; at < 60; at += 1) {
      await client.send(new PutItemCommand({ TableName, Item: { pk: { S: `p${at}` }, kind: { S: 'k' } } }));
    }
  });
  const query = new QueryCommand({
    ...{ TableName, IndexName: 'by-kind', Select: 'COUNT' },
    ...{ KeyConditionExpression: 'kind = :k', ExpressionAttributeValues: { ':k': { S: 'k' } } },
  });
  const changed = await withTables(indexed, (client) => client.send(query));
  expect(changed.result.Count).toBe(60);
  expect(changed.said).toEqual(["the table's keys or indexes changed: the local data is rebuilt"]);
  const same = await withTables(indexed, (client) => client.send(query));
  expect(same.result.Count).toBe(60);
  expect(same.said).toEqual([]);
  const anew = await withTables(otherKey, (client) => client.send(new ScanCommand({ TableName })));
  expect(anew.result.Items).toEqual([]);
});
