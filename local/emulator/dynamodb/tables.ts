import { rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ListTablesCommand,
  paginateScan,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import * as z from 'zod';
import { clientOptions } from '../aws.ts';
import { closed, listen } from '../http/listen.ts';
import type { Journal } from '../journal.ts';
import { messageOf, Problem } from '../problem.ts';
import type { TableSpec } from '../stack/tables.ts';

/**
 * The tables, in dynalite. It writes through the operating system: nothing is lost if the process is killed, but a
 * power cut may lose the last writes.
 */
export interface Tables {
  server: Server;
  specs: TableSpec[];
  stop(): Promise<void>;
}

interface Store {
  server: Server;
  client: DynamoDBClient;
  stop(): Promise<void>;
}

async function openStore(directory: string): Promise<Store> {
  const server = dynalite({ path: directory, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const port = await listen(server, 0);
  const client = new DynamoDBClient(clientOptions(`http://127.0.0.1:${port}`));
  try {
    await client.send(new ListTablesCommand({}));
  } catch (error) {
    throw new Problem(
      `the tables in ${directory} can't be opened (is another local run using them?): ${messageOf(error)}`,
    );
  }
  return {
    server,
    client,
    stop: async () => {
      client.destroy();
      await closed(server);
    },
  };
}

async function createTables(store: Store, specs: TableSpec[]): Promise<void> {
  const existing = (await store.client.send(new ListTablesCommand({}))).TableNames ?? [];
  for (const spec of specs.filter(({ TableName }) => !existing.includes(TableName))) {
    await store.client.send(new CreateTableCommand({ ...spec, BillingMode: 'PAY_PER_REQUEST' }));
  }
  await Promise.all(specs.map(({ TableName }) => untilActive(store.client, TableName)));
}

/** dynalite may answer CreateTable while the table is still CREATING and cannot be read or written. */
async function untilActive(client: DynamoDBClient, TableName: string): Promise<void> {
  for (;;) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    const indexes = Table?.GlobalSecondaryIndexes ?? [];
    const parts = [Table?.TableStatus, ...indexes.map(({ IndexStatus }) => IndexStatus)];
    if (parts.every((status) => status === 'ACTIVE')) return;
    await sleep(10);
  }
}

async function writeBatch(client: DynamoDBClient, table: string, requests: WriteRequest[]): Promise<void> {
  for (let at = 0; at < requests.length; at += 25) {
    const RequestItems = { [table]: requests.slice(at, at + 25) };
    await client.send(new BatchWriteItemCommand({ RequestItems }));
  }
}

/** Copies items whose keys fit the new table. If the key changed, there is nothing to copy. */
async function copyTable(from: Store, to: Store, spec: TableSpec): Promise<void> {
  const existing = (await from.client.send(new ListTablesCommand({}))).TableNames ?? [];
  if (!existing.includes(spec.TableName)) return;
  const keys = spec.KeySchema.map(({ AttributeName }) => AttributeName);
  for await (const { Items = [] } of paginateScan({ client: from.client }, { TableName: spec.TableName })) {
    const fitting = Items.filter((item) => keys.every((key) => key in item));
    await writeBatch(
      to.client,
      spec.TableName,
      fitting.map((Item) => ({ PutRequest: { Item } })),
    );
  }
}

const keptSchema = z.object({ directory: z.string(), shape: z.string().optional() });

/** The directory of the tables, and their schema in it. */
type Kept = z.infer<typeof keptSchema>;

/** Sorts the names in each object: the order in which a template writes properties makes no difference. */
const inOrder = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;

const shapeOf = (specs: TableSpec[]): string =>
  JSON.stringify(
    [...specs].sort((a, b) => a.TableName.localeCompare(b.TableName)),
    inOrder,
  );

/** dynalite cannot add an index to a table, so the data is copied to a new store and the old one removed. */
async function rebuild(dataDir: string, journal: Journal, kept: Kept, specs: TableSpec[]): Promise<Store> {
  const generation = Number(kept.directory.split('-')[1] ?? 0) + 1;
  const directory = `dynamodb-${generation}`;
  rmSync(join(dataDir, directory), { recursive: true, force: true });
  const next = await openStore(join(dataDir, directory));
  await createTables(next, specs);
  if (kept.shape !== undefined) {
    const old = await openStore(join(dataDir, kept.directory));
    for (const spec of specs) await copyTable(old, next, spec);
    await old.stop();
  }
  journal.durably(() => journal.setMeta('tables', JSON.stringify({ directory, shape: shapeOf(specs) })));
  rmSync(join(dataDir, kept.directory), { recursive: true, force: true });
  return next;
}

export async function openTables(
  dataDir: string,
  journal: Journal,
  specs: TableSpec[],
  say: (line: string) => void,
): Promise<Tables> {
  const meta = journal.getMeta('tables');
  const kept: Kept = meta ? keptSchema.parse(JSON.parse(meta)) : { directory: 'dynamodb-0' };
  if (kept.shape === shapeOf(specs)) return { ...(await openStore(join(dataDir, kept.directory))), specs };
  if (kept.shape !== undefined) say("the table's keys or indexes changed: the local data is rebuilt");
  return { ...(await rebuild(dataDir, journal, kept, specs)), specs };
}
