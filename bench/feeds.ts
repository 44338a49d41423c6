/**
 * What a night's file costs: a DealerVault service file of 5,000 closed orders, generated, in the form of the real one. The
 * calls to AWS of the first night and of an unchanged second one are the same on every machine, and so is what they cost;
 * rows a second are not. The peak of memory does not grow with the file.
 *
 *   node bench/feeds.ts [megabytes of the long file, 32 by default]
 */
import '../test/simulation/quiet.ts';
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { S3Client } from '@aws-sdk/client-s3';
import { findSource } from '../bin/feeds/sources.ts';
import { incomingEvents } from '../functions/events.ts';
import { countsOf, type FileCounts } from '../functions/feeds/file-receipt.ts';
import { judgeFile } from '../functions/feeds/judge-file.ts';
import { findStore } from '../functions/group/group.ts';
import { parseGroup } from '../functions/group/group-file.ts';
import { readDropped } from '../functions/lambdas/read-feed/read-file.ts';
import { lambdas } from '../functions/lambdas.ts';
import groupFile from '../groups/demo.json' with { type: 'json' };
import { prices } from '../lib/cost.ts';
import { feedsOf } from '../lib/sources.ts';
import { MemoryDynamoDB } from '../test/support/memory-dynamodb.ts';
import { readingServicesOver } from '../test/support/services.ts';
import { standIn } from '../test/support/stand-in.ts';

const ORDERS = 5_000;
const MEGABYTE = 1024 * 1024;
const MILLION = 1_000_000;
const FEED = 'honda-orders';
const SAMPLE = 'DVD46315_20261119_0312_SV.txt';
/** The morning after, at the store. */
const NOW = '2026-11-20T10:00:00.000Z';
const group = parseGroup(groupFile);

/** The sample's header, and one of its closed orders, with other numbers for each row. */
const [header = '', , closed = ''] = readFileSync(`samples/feeds/${FEED}/${SAMPLE}`, 'utf8').split('\r\n');
const rowBytes = Buffer.byteLength(closed) + 2;

const orderAt = (at: number) =>
  closed.replaceAll('000612031', String(900_000_000 + at)).replaceAll('000448', String(500_000 + at));

const ROWS_TOGETHER = 100;

function* serviceFile(orders: number): Generator<Uint8Array> {
  yield Buffer.from(`${header}\r\n`);
  for (let at = 0; at < orders; at += ROWS_TOGETHER) {
    const count = Math.min(ROWS_TOGETHER, orders - at);
    const rows = Array.from({ length: count }, (_, one) => orderAt(at + one));
    yield Buffer.from(`${rows.join('\r\n')}\r\n`);
  }
}

/** The AWS calls by command, and what each is billed as. */
interface Night {
  readonly counts: FileCounts;
  readonly calls: Readonly<Record<string, number>>;
  readonly events: number;
  readonly reads: number;
  readonly writes: number;
  readonly seconds: number;
}

/** The same file on several nights, each later than the one before. */
export async function nights(orders: number, stamps: readonly string[]): Promise<readonly Night[]> {
  const memory = new MemoryDynamoDB();
  const table = await memory.createTable();
  const all: Night[] = [];
  for (const stamp of stamps) all.push(await oneNight({ memory, table, orders, stamp }));
  return all;
}

interface Asked {
  readonly memory: MemoryDynamoDB;
  readonly table: string;
  readonly orders: number;
  readonly stamp: string;
}

async function oneNight({ memory, table, orders, stamp }: Asked): Promise<Night> {
  const calls = new Map<string, number>();
  const billed = { events: 0, reads: 0, writes: 0 };
  const count = (command: object) => calls.set(nameOf(command), (calls.get(nameOf(command)) ?? 0) + 1);
  const services = readingServicesOver({
    ...{ table, group, feeds: feedsOf(group, 'groups/demo.json'), wait: async () => undefined },
    clock: { now: () => NOW },
    random: { id: () => stamp },
    dynamodb: standIn<DynamoDBClient>(async (command) => {
      count(command);
      // A strongly consistent read of a small item is one unit, a write another.
      if (command instanceof BatchGetItemCommand)
        billed.reads += command.input.RequestItems?.[table]?.Keys?.length ?? 0;
      else if (command instanceof PutItemCommand) billed.writes += 1;
      else billed.reads += 1;
      return Reflect.apply(memory.client.send, memory.client, [command]);
    }),
    eventbridge: standIn<EventBridgeClient>(async (command) => {
      count(command);
      const entries = command instanceof PutEventsCommand ? (command.input.Entries ?? []) : [];
      billed.events += entries.length;
      return { FailedEntryCount: 0, Entries: entries.map((_, at) => ({ EventId: String(at) })) };
    }),
    s3: standIn<S3Client>(async (command) => {
      count(command);
      return { Body: Readable.from(serviceFile(orders)), LastModified: new Date(NOW) };
    }),
  });
  const start = process.cpuUsage();
  const dropped = { key: `drop/${FEED}/${SAMPLE.replace(/\d{8}_\d{4}/, stamp)}`, etag: stamp };
  const outcome = await readDropped(services, dropped, () => false);
  if (!('receipt' in outcome)) throw new Error(`The file was not read: ${outcome.is}`);
  // Of the processor: what else this machine does counts for nothing.
  const { user, system } = process.cpuUsage(start);
  const seconds = (user + system) / MILLION;
  return { counts: countsOf(outcome.receipt), calls: Object.fromEntries(calls), ...billed, seconds };
}

const nameOf = (command: object) => command.constructor.name.replace('Command', '');

const TEN_THOUSAND = 10_000;
/** The memory that the function has, by which its seconds are billed. */
const FUNCTION_GIGABYTES = lambdas['read-feed'].megabytes / 1024;

/** Dollars for ten thousand rows. */
function dollarsOf({ events, reads, writes, seconds, counts }: Night): number {
  const together =
    (events * prices.millionEvents) / MILLION +
    (reads * prices.millionReadUnits) / MILLION +
    (writes * prices.millionWriteUnits) / MILLION +
    (seconds * FUNCTION_GIGABYTES * prices.millionGigabyteSeconds) / MILLION;
  return (together / counts.read) * TEN_THOUSAND;
}

/** One reading of a file of any length, which sends nothing. */
async function peakOf(orders: number): Promise<{ readonly rows: number; readonly megabytes: number }> {
  const store = findStore(group, 'lakeshore-honda');
  if (!store) throw new Error('The demo group has no Honda store');
  let rows = 0;
  let peak = 0;
  await judgeFile(
    { name: SAMPLE, bytes: Readable.from(serviceFile(orders)), modifiedAt: NOW },
    findSource('dealervault-sv'),
    { group, stores: new Map([['DVD46315', store]]), contracts: incomingEvents, now: NOW },
    () => {
      rows += 1;
      if (rows % 1_000 === 0) peak = Math.max(peak, process.memoryUsage().rss);
    },
  );
  return { rows, megabytes: Math.round(peak / MEGABYTE) };
}

async function main(): Promise<void> {
  const [first, second] = await nights(ORDERS, ['20261119_0312', '20261120_0309']);
  console.log(`A service file of ${ORDERS} closed orders:\n`);
  for (const [says, night] of [
    ['the first night', first],
    ['an unchanged second', second],
  ] as const) {
    if (!night) continue;
    const calls = Object.entries(night.calls).map(([name, count]) => `${count} ${name}`);
    console.log(`${says.padEnd(22)}${calls.join(', ')}`);
    const perSecond = Math.round(night.counts.read / night.seconds);
    console.log(
      `${''.padEnd(22)}${night.events} events, ${night.reads} read and ${night.writes} write units; $${dollarsOf(night).toFixed(4)} for 10,000 rows; ${perSecond} rows a second\n`,
    );
  }
  const megabytes = Number(process.argv[2] ?? 32);
  const { rows, megabytes: peak } = await peakOf(Math.ceil((megabytes * MEGABYTE) / rowBytes));
  console.log(`a file of ${megabytes} MB, ${rows} rows: at most ${peak} MB of memory`);
}

if (import.meta.main) await main();
