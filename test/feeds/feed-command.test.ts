import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { toItem } from '../../functions/adapters/dynamodb.ts';
import { type FileReceipt, fileReceipt } from '../../functions/feeds/file-receipt.ts';
import { handoff } from '../unit/command-line/handoff.ts';

const SV = 'test/feeds/files/DVD46315_20261119_0312_SV.txt';
const OF_HONDA = ['--source', 'dealervault-sv', '--dealer', 'DVD46315=lakeshore-honda'];
const putEvents = z.object({
  Entries: z.array(z.object({ Source: z.string(), DetailType: z.string(), Detail: z.string() })),
});
type Entry = z.infer<typeof putEvents>['Entries'][number];

let arrived: Entry[] = [];
let dropped: { readonly path: string; readonly bytes: Buffer }[] = [];
let url = '';
const night: FileReceipt = fileReceipt.parse({
  ...{ feed: 'honda-orders', fileName: 'DVD46315_20261120_0309_SV.txt', key: 'k', etag: 'e', file: 'f' },
  ...{ modifiedAt: '2026-11-20T10:15:00.000Z', startedAt: '2026-11-20T10:15:00.000Z', state: 'read' },
  isHistory: false,
  judged: {
    read: 9,
    skipped: { 'a car of the dealer itself': 1 },
    refused: 2,
    cents: { quotedCents: 546000 },
  },
  progress: { sent: { 'repair-quoted': 2 }, unchanged: 4 },
});
let nights: readonly FileReceipt[] = [];
/** Answers as the local run and its bus do. */
const desk = createServer(async (request, response) => {
  if (request.method === 'GET') {
    const now = '2026-11-26T18:00:00.000Z';
    const health = { aws: url, table: 'any', bus: 'handoff-lakeshore', stack: 'handoff-lakeshore', now };
    return void response.end(JSON.stringify({ ...health, outputs: { DropBucket: 'files' } }));
  }
  const chunks: Buffer[] = await request.toArray();
  if (request.method === 'PUT') {
    dropped.push({ path: new URL(request.url ?? '', url).pathname, bytes: Buffer.concat(chunks) });
    return void response.end();
  }
  if (request.headers['x-amz-target']?.toString().endsWith('.Query')) {
    const asked = Buffer.concat(chunks).toString();
    const ofHonda = asked.includes('honda-orders') ? nights : [];
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    return void response.end(JSON.stringify({ Items: ofHonda.map((night) => toItem({ ...night })) }));
  }
  const { Entries } = putEvents.parse(JSON.parse(Buffer.concat(chunks).toString()));
  arrived.push(...Entries);
  response.setHeader('content-type', 'application/x-amz-json-1.1');
  const answers = Entries.map((_entry, at) => ({ EventId: `id-${arrived.length}-${at}` }));
  return void response.end(JSON.stringify({ Entries: answers, FailedEntryCount: 0 }));
});
beforeAll(async () => {
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve));
  const address = desk.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
beforeEach(() => {
  arrived = [];
  dropped = [];
  nights = [night];
});
afterAll(() => void desk.close());

const feed = (...args: string[]) => handoff(['feed', ...args]);

describe('npm run feed -- check', () => {
  it('says of each record what becomes of it, and adds up', async () => {
    const { code, stdout } = await feed('check', SV, ...OF_HONDA, '--roster', 'samples/roster.csv');
    expect(stdout).toContain('event    row 2, 000612044: repair-quoted');
    expect(stdout).toContain('6 read = 6 events + 0 skipped + 0 waiting + 0 refused');
    expect(stdout).toMatch(/quoted +4180\.00/);
    expect(stdout).not.toMatch(/okafor|3035550134/i);
    expect(code).toBe(0);
  });

  it('reads a feed as the group’s file says it', async () => {
    const { code, stdout } = await feed('check', SV, '--feed', 'honda-orders');
    expect([code, stdout]).toEqual([0, expect.stringContaining('6 read = 6 events')]);
  });

  it.each<readonly [string, readonly string[], string]>([
    ['a feed that there is', ['--feed', 'honda-order'], "Did you mean 'honda-orders'?"],
    [
      'nothing twice',
      ['--feed', 'honda-orders', '--store', 'lakeshore-honda'],
      '--store stands in the group',
    ],
    ['what the file is', ['--store', 'lakeshore-honda'], 'Give --feed with a feed of the group'],
  ])('asks for %s', async (_what, options, says) => {
    expect(await feed('check', SV, ...options)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(says),
    });
  });

  it('asks whose file it is, and knows the stores of the group', async () => {
    expect(await feed('check', SV, '--source', 'dealervault-sv')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Give --dealer NAME=STORE'),
    });
    expect(await feed('check', SV, '--source', 'dealervalt-sv', '--store', 'lakeshore-honda')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Did you mean dealervault-sv?'),
    });
  });
});

describe('npm run feed -- run', () => {
  it('sends the events of a file, from a source of its own', async () => {
    const { code, stdout } = await feed('run', SV, ...OF_HONDA, '--local', url);
    expect([code, stdout]).toEqual([0, expect.stringContaining('6 read = 6 events')]);
    expect(arrived.map(({ Source, DetailType }) => `${Source} ${DetailType}`)).toEqual([
      'feed.dealervault-sv repair-quoted',
      'feed.dealervault-sv service-visit-completed',
      'feed.dealervault-sv repair-order-voided',
      ...Array(3).fill('feed.dealervault-sv service-visit-completed'),
    ]);
  });

  it('sends nothing of a file with the rows of another dealer', async () => {
    const other = 'test/feeds/files/DVD46315_20261120_0309_SV.txt';
    const { code, stderr } = await feed('run', other, ...OF_HONDA, '--local', url);
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('This file stops, and nothing of it is sent'),
    ]);
    expect(arrived).toEqual([]);
  });
});

describe('npm run feed -- run --feed', () => {
  it('puts the file where every night’s comes in, and sends nothing itself', async () => {
    const { code, stdout } = await feed('run', SV, '--feed', 'honda-orders', '--local', url);
    expect([code, stdout]).toEqual([0, expect.stringContaining('s3://files/drop/honda-orders/DVD46315_')]);
    expect(dropped.map(({ path }) => path)).toEqual([`/files/drop/honda-orders/${basename(SV)}`]);
    expect(dropped[0]?.bytes.includes(readFileSync(SV).subarray(0, 2_000))).toBe(true);
    expect(arrived).toEqual([]);
  });

  it('puts no file there that would stop', async () => {
    const other = 'test/feeds/files/DVD46315_20261120_0309_SV.txt';
    const { code } = await feed('run', other, '--feed', 'honda-orders', '--local', url);
    expect([code, dropped]).toEqual([1, []]);
  });
});

describe('npm run feed -- receipts', () => {
  it('says of each file how its sum adds up, by reason and in dollars', async () => {
    const { code, stdout } = await feed('receipts', '--feed', 'honda-orders', '--local', url);
    expect(stdout).toBe(`honda-orders
  2026-11-20 10:15 UTC  DVD46315_20261120_0309_SV.txt: read
    9 read = 2 sent + 4 unchanged + 1 skipped + 0 waiting + 2 refused
      2  repair-quoted
      1  a car of the dealer itself
      quoted  5460.00
`);
    expect(code).toBe(0);
  });

  it('says why a file stopped, and fails if it is the newest of its feed', async () => {
    const stopped: FileReceipt = {
      ...night,
      state: 'stopped',
      stops: [{ reason: 'shrunken', says: '3 rows where the last files had about 6' }],
    };
    nights = [stopped, night];
    const { code, stdout } = await feed('receipts', '--local', url);
    expect(stdout).toContain('STOPPED, and nothing of it was sent\n    shrunken: 3 rows where');
    expect([code, stdout]).toEqual([1, expect.stringContaining('subaru-sales\n  no file has come yet')]);
    nights = [night, stopped];
    expect(await feed('receipts', '--local', url)).toMatchObject({ code: 0 });
  });

  it('prints them as JSON, for a program', async () => {
    const { stdout } = await feed('receipts', '--feed', 'honda-orders', '--json', '--local', url);
    expect(JSON.parse(stdout)).toEqual({
      receipts: [
        expect.objectContaining({ feed: 'honda-orders', state: 'read', read: 9, unchanged: 4, refused: 2 }),
      ],
      refusedPosts: [],
    });
  });
});

it('npm run feed -- distinct lists the words of a store, most frequent first', async () => {
  const { stdout } = await feed('distinct', SV, '--source', 'dealervault-sv', '--column', 'status');
  expect(stdout).toBe('4  CLOSED\n1  OPEN\n1  VOID\n');
});

it('npm run feed -- explain shows what becomes what, of a source of one’s own, too', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'feed-')), 'own.json');
  writeFileSync(
    file,
    JSON.stringify({
      ...{ name: 'own', title: 'Our list', format: { type: 'delimited', delimiter: ',' }, dates: ['M/D/Y'] },
      ...{ key: 'deal', columns: { deal: 'Deal' } },
      facts: [{ event: 'deal-unwound', fields: { dealNumber: { from: 'deal' } } }],
    }),
  );
  const { code, stdout } = await feed('explain', file);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/dealNumber +deal/)]);
});
