import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importHistory, type RejectedLine } from '../../../bin/history/import.ts';
import { HistoryTable } from '../../../functions/adapters/history-store.ts';
import { repairQuoted } from '../../../functions/contracts/repair-quoted.ts';
import { nudgePolicyOf } from '../../../functions/group/group.ts';
import type { Sale } from '../../../functions/history/sales.ts';
import { personOf, summarize, type Visit } from '../../../functions/history/visits.ts';
import { assess } from '../../../functions/readiness/assess.ts';
import quoteSample from '../../../samples/repair-quote-high.json' with { type: 'json' };
import newcomerSample from '../../../samples/repair-quote-high-new-customer.json' with { type: 'json' };
import { openTable, type TestTable } from '../../support/table.ts';
import { group } from './people.ts';

const sampleLines = readFileSync('samples/history.jsonl', 'utf8').trim().split('\n');

async function* linesOf(lines: readonly string[]) {
  yield* lines;
}

async function importLines(lines: readonly string[], shift?: { today: string; now: number }) {
  const visits: Visit[] = [];
  const sales: Sale[] = [];
  const rejected: RejectedLine[] = [];
  const done = await importHistory({
    lines: linesOf(lines),
    group,
    writtenAt: '2026-11-20T12:00:00.000Z',
    shift,
    record: async (past) => {
      if (past.is === 'visit') visits.push(past.visit);
      else sales.push(past.sale);
    },
    reject: (line) => rejected.push(line),
  });
  return { done, visits, sales, rejected };
}

describe('reading', () => {
  test('every line of the sample is recorded', async () => {
    const { done, visits } = await importLines(sampleLines);
    expect(done).toEqual({ visits: sampleLines.length, sales: 0, rejected: 0 });
    expect(new Set(visits.map(({ roNumber }) => roNumber)).size).toBe(sampleLines.length);
  });

  test('bad lines are told with number and reason, good ones are recorded', async () => {
    const [first = '', second = ''] = sampleLines;
    const { done, rejected } = await importLines([
      `\uFEFF${first}`,
      '',
      '{"half":',
      second.replace(/"roNumber": "[^"]+", /, ''),
      JSON.stringify({
        source: 'dms.x',
        'detail-type': 'service-visit-completed',
        detail: JSON.parse(second),
      }),
      JSON.stringify({ source: 'dms.x', 'detail-type': 'repair-quoted', detail: {} }),
      first.replace('lakeshore-honda', 'elsewhere'),
      'null',
    ]);
    expect(done).toEqual({ visits: 2, sales: 0, rejected: 5 });
    expect(rejected.map(({ number, reason }) => [number, reason])).toEqual([
      [3, 'is not JSON: expected one visit or sale a line'],
      [4, "roNumber: expected an identifier such as '48211', but it is missing"],
      [6, "detail-type: expected 'service-visit-completed' or 'vehicle-sold'"],
      [7, "storeId: 'elsewhere' is not a store of the group 'lakeshore'"],
      [8, 'expected an object, got null'],
    ]);
  });

  test('past sales stand in the same file, as whole events or their details, of every kind of deal', async () => {
    const lines = readFileSync('samples/sales.jsonl', 'utf8').trim().split('\n');
    const { done, sales } = await importLines([...sampleLines, ...lines]);
    expect(done).toEqual({ visits: sampleLines.length, sales: lines.length, rejected: 0 });
    expect(sales.map(({ dealType, soldOn }) => [dealType, soldOn])).toEqual([
      ['retail', '2015-06-12'],
      ['lease', '2024-08-30'],
      ['wholesale', '2025-02-03'],
    ]);
  });

  test('shifted to another today, visits stay as far apart', async () => {
    const now = Date.parse('2028-02-29T12:00:00Z');
    const { visits } = await importLines(sampleLines, { today: '2026-11-20', now });
    const { visits: before } = await importLines(sampleLines);
    const days = (one: Visit | undefined) => Date.parse(one?.closedOn ?? '') / 86_400_000;
    expect(new Set(visits.map((one, at) => days(one) - days(before[at]))).size).toBe(1);
    expect(visits.at(-1)?.closedOn).toBe('2027-12-12');
  });

  test('versions of one order are recorded one after the other', async () => {
    const [first = ''] = sampleLines;
    let running = 0;
    await importHistory({
      writtenAt: '2026-11-20T12:00:00.000Z',
      lines: linesOf([first, first, first]),
      group,
      record: async () => {
        running += 1;
        await Promise.resolve();
        expect(running).toBe(1);
        running -= 1;
      },
      reject: () => expect.unreachable(),
    });
  });
});

describe('the sample customer', () => {
  const today = '2026-11-20';

  function assessed(detail: unknown, visits: readonly Visit[]) {
    const quote = repairQuoted.schema.parse(detail);
    const store = group.stores.find(({ id }) => id === quote.storeId);
    if (!store) throw new Error('expected a store of the demo group');
    const history = summarize({ visits, person: personOf(quote), today });
    const policy = nudgePolicyOf(group, store);
    return assess({ quote, history, policy, circumstances: {}, today, timeZone: store.timeZone });
  }

  test('with the history a nudge fires, for independent reasons', async () => {
    const { visits } = await importLines(sampleLines);
    const assessment = assessed(quoteSample.detail, visits);
    expect(assessment).toMatchObject({ nudge: true, suppressions: [], longTerm: { met: true } });
    expect(assessment.independent).toBeGreaterThanOrEqual(2);
  });

  test('without it there is silence: nobody knows that this is a long-term customer', () => {
    expect(assessed(quoteSample.detail, [])).toMatchObject({ nudge: false, longTerm: { met: false } });
  });

  test('a new customer with the same quote stays one', async () => {
    const { visits } = await importLines(sampleLines);
    expect(assessed(newcomerSample.detail, visits)).toMatchObject({ nudge: false, longTerm: { met: false } });
  });
});

describe('the command', () => {
  let table: TestTable;
  beforeAll(async () => {
    table = await openTable();
  });
  afterAll(() => table.close());

  function run(...args: string[]): Promise<{ code: unknown; output: string }> {
    const env = {
      ...process.env,
      AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    };
    return new Promise((resolve) => {
      execFile(
        process.execPath,
        ['bin/handoff.ts', 'import-history', ...args],
        { env },
        (error, stdout, stderr) => {
          resolve({ code: error ? error.code : 0, output: stdout + stderr });
        },
      );
    });
  }

  test('records the good lines, keeps the bad ones, and changes nothing the second time', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'history-')), 'visits.jsonl');
    copyFileSync('samples/history.jsonl', file);
    writeFileSync(file, '{"storeId":"lakeshore-honda"}\n', { flag: 'a' });

    const checked = await run(file, '--check');
    expect(checked.output).toContain(`${sampleLines.length} visits good, 1 rejected\n`);
    expect(existsSync(`${file}.rejects`)).toBe(false);

    const first = await run(file, '--table', table.name);
    expect(first.code).toBe(1);
    expect(first.output).toContain(`  line ${sampleLines.length + 1}: occurredAt: expected an instant`);
    expect(first.output).toContain(`${sampleLines.length} visits recorded, 1 rejected\n`);
    expect(readFileSync(`${file}.rejects`, 'utf8')).toBe('{"storeId":"lakeshore-honda"}\n');

    const history = new HistoryTable(table.client, table.name);
    const person = personOf(repairQuoted.schema.parse(quoteSample.detail));
    const known = await history.read(person, '2026-11-20');
    expect(known.customerSince).toBe('2021-04-14');
    await run(file, '--table', table.name);
    expect(await history.read(person, '2026-11-20')).toEqual(known);
  });

  test('records past sales, and makes no handoff of them', async () => {
    const { code, output } = await run('samples/sales.jsonl', '--table', table.name);
    expect([code, output]).toEqual([
      0,
      expect.stringContaining('0 visits and 3 sales recorded, 0 rejected\n'),
    ]);
    const history = new HistoryTable(table.client, table.name);
    const { sales } = await history.read(
      personOf(repairQuoted.schema.parse(quoteSample.detail)),
      '2026-11-20',
    );
    expect(sales).toMatchObject([{ dealNumber: '20611', soldOn: '2015-06-12', salespeople: ['2051'] }]);
    const { Items = [] } = await table.client.send(
      new ScanCommand({ TableName: table.name, ConsistentRead: true }),
    );
    expect(Items.filter(({ type }) => type?.S === 'task')).toEqual([]);
  });

  test.each([
    [['no-such.jsonl'], 'There is no file no-such.jsonl'],
    [['samples/history.jsonl', '--today', 'soon'], "--today takes a date such as 2026-11-20, not 'soon'"],
    [[], 'npm run import-history -- visits.jsonl'],
  ])('%j is told what is wrong', async (args, message) => {
    const { code, output } = await run(...args, ...(args.length > 0 ? ['--check'] : []));
    expect([code, output]).toEqual([2, expect.stringContaining(message)]);
  });
});
