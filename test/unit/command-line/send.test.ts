import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import sold from '../../../samples/vehicle-sold.json' with { type: 'json' };
import { handoff } from './handoff.ts';

const putEvents = z.object({ Entries: z.array(z.object({ Detail: z.string() })) });
const NOW = '2026-11-26T18:00:00.000Z';

/** The details that arrived, in order. */
let arrived: unknown[] = [];
let url = '';
/** Answers as the local run and its bus do; an entry about the deal 13 is refused. */
const desk = createServer(async (request, response) => {
  if (request.method === 'GET') {
    const health = { aws: url, table: 'any', bus: 'handoff-lakeshore', stack: 'handoff-lakeshore', now: NOW };
    return void response.end(JSON.stringify(health));
  }
  const details = putEvents
    .parse(JSON.parse(await textOf(request)))
    .Entries.map(({ Detail }) => JSON.parse(Detail));
  arrived.push(...details);
  const Entries = details.map(({ dealNumber }) =>
    dealNumber === '13'
      ? { ErrorCode: 'ThrottlingException', ErrorMessage: 'slow\u001b[31m down' }
      : { EventId: `id-${dealNumber}` },
  );
  const FailedEntryCount = Entries.filter((entry) => 'ErrorCode' in entry).length;
  response.setHeader('content-type', 'application/x-amz-json-1.1');
  return void response.end(JSON.stringify({ Entries, FailedEntryCount }));
});

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = await request.toArray();
  return Buffer.concat(chunks).toString();
}

beforeAll(async () => {
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve));
  const address = desk.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
beforeEach(() => {
  arrived = [];
});
afterAll(() => void desk.close());

const send = (...args: string[]) => handoff(['send', ...args, '--local', url]);

function fileOf(...dealNumbers: string[]): string {
  const file = join(mkdtempSync(join(tmpdir(), 'send-')), 'events.json');
  writeFileSync(
    file,
    JSON.stringify(dealNumbers.map((dealNumber) => ({ ...sold, detail: { ...sold.detail, dealNumber } }))),
  );
  return file;
}

test('dates stay as they are unless --today is asked for', async () => {
  expect(await send('samples/vehicle-sold.json')).toMatchObject({
    code: 0,
    stdout: 'sent vehicle-sold: id-48211\n',
  });
  expect(arrived).toEqual([sold.detail]);
});

test('--today moves the dates of an event to today, and says by how much', async () => {
  const { stdout } = await send('samples/vehicle-sold.json', '--today');
  expect(stdout).toBe('sent vehicle-sold: id-48211 (dates moved forward by 6 days)\n');
  expect(arrived).toEqual([
    {
      ...sold.detail,
      ...{ occurredAt: '2026-11-26T16:05:00-06:00', deliveryAt: '2026-11-26T16:30:00-06:00' },
    },
  ]);
});

test('a refused entry is told with its reason, and the command ends with 1', async () => {
  const { code, stdout } = await send(fileOf('1', '13'));
  expect(code).toBe(1);
  expect(stdout).toBe(
    'sent vehicle-sold: id-1\nREFUSED vehicle-sold: ThrottlingException: slow\\u001b[31m down\n',
  );
});

test('more events than one call takes are sent in several', async () => {
  const numbers = Array.from({ length: 23 }, (_, at) => String(100 + at));
  const { stdout } = await send(fileOf(...numbers), '--json');
  expect(JSON.parse(stdout)).toHaveLength(23);
  expect(arrived).toMatchObject(numbers.map((dealNumber) => ({ dealNumber })));
});
