/**
 * What one decision about an upgrade conversation reads of the table, at 10, 100 and 1,000 visits, of this customer and
 * of the rest of the store: items counted, no clock. The newest 24 months are read, and no more visits than one
 * customer makes in them; how old the customer is or how large the store does not matter.
 *
 *   node bench/history-reads.ts
 */
import { type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { HistoryTable } from '../functions/adapters/history-store.ts';
import { addDays, addMonths } from '../functions/group/business-time.ts';
import type { Visit } from '../functions/history/visits.ts';
import { openDynamoDBServer, putItems } from '../test/support/dynamodb-server.ts';
import { MemoryDynamoDB } from '../test/support/memory-dynamodb.ts';

export const today = '2026-11-20';
const person = { storeId: 'north', customerNumber: 'C-1', vin: '1HGCM82633A004352' };

export interface Case {
  readonly says: string;
  readonly visits: (count: number) => Visit[];
}

const visitOf = (at: number, closedOn: string, of = person): Visit => ({
  ...of,
  roNumber: `${of.customerNumber}-${at}`,
  closedOn,
  customerPayCents: 10_000,
  warrantyCents: 0,
  internalCents: 0,
  declined: [],
  occurredAt: `${closedOn}T18:00:00.000Z`,
});
const many = (count: number, visit: (at: number) => Visit) =>
  Array.from({ length: count }, (_, at) => visit(at));

/** A loyal customer: 10 visits are two and a half years, 100 are twenty-five. */
const fourAYear = (at: number) => addDays(today, -91 * at);
const weekly = (at: number) => addDays(today, -7 * at);
/** More often than anybody comes: here the limit of visits read holds. */
const within = (at: number) => addDays(today, -(at % 700));
const beyond = (at: number) => addDays(addMonths(today, -24), -1 - at);

export const cases: readonly Case[] = [
  { says: 'four a year', visits: (count) => many(count, (at) => visitOf(at, fourAYear(at))) },
  { says: 'one a week', visits: (count) => many(count, (at) => visitOf(at, weekly(at))) },
  { says: 'all within 24 months', visits: (count) => many(count, (at) => visitOf(at, within(at))) },
  { says: 'all before that', visits: (count) => many(count, (at) => visitOf(at, beyond(at))) },
  {
    says: "other customers' visits",
    visits: (count) =>
      many(count, (at) => {
        const customerNumber = `D-${at}`;
        const vin = `2HGCM8263${String(at).padStart(8, '0')}`;
        return visitOf(at, within(at), { storeId: 'north', customerNumber, vin });
      }),
  },
];

export interface Reads {
  readonly calls: number;
  readonly items: number;
}

/** Reads once what a decision asks of the history, over a client that counts. */
export async function readsOf(one: Case, count: number): Promise<Reads> {
  const server = await openDynamoDBServer();
  try {
    const table = await server.createTable();
    await putItems(server, table, await itemsOf(one.visits(count)));
    const counted = { calls: 0, items: 0 };
    await new HistoryTable(counting(server.client, counted), table).read(person, today);
    return counted;
  } finally {
    await server.close();
  }
}

/** What the adapter makes of them, written one by one in memory, where a thousand take no time. */
async function itemsOf(visits: readonly Visit[]) {
  const memory = new MemoryDynamoDB();
  const TableName = await memory.createTable();
  const history = new HistoryTable(memory.client, TableName);
  for (const visit of visits) await history.record(visit);
  const { Items = [] } = await memory.client.send(new ScanCommand({ TableName, ConsistentRead: true }));
  return Items;
}

function counting(client: DynamoDBClient, into: { calls: number; items: number }): DynamoDBClient {
  client.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      into.calls += 1;
      into.items += itemsIn(answer.output);
      return answer;
    },
    { step: 'initialize', name: 'counts what is read' },
  );
  return client;
}

/** The items in an answer of DynamoDB. */
export function itemsIn(output: unknown): number {
  if (typeof output !== 'object' || output === null) return 0;
  if ('Items' in output && Array.isArray(output.Items)) return output.Items.length;
  return 'Item' in output && output.Item !== undefined ? 1 : 0;
}

async function main(): Promise<void> {
  console.log('Items read for one decision (calls to the table):\n');
  for (const one of cases) {
    const line: string[] = [];
    for (const count of [10, 100, 1_000]) {
      const { items, calls } = await readsOf(one, count);
      line.push(`${count} visits: ${items} (${calls})`);
    }
    console.log(`${one.says.padEnd(26)}${line.map((text) => text.padEnd(24)).join('')}`);
  }
}

if (import.meta.main) await main();
