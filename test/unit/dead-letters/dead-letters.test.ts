import { createServer } from 'node:http';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readKept, takeOff } from '../../../bin/dead-letters/kept.ts';
import { putBack } from '../../../bin/dead-letters/redrive.ts';
import type { Target } from '../../../bin/lib/target.ts';
import { envelopeOf } from '../../../bin/way-back.ts';
import { RefusalTable } from '../../../functions/adapters/refusal-table.ts';
import { RefusedRowTable } from '../../../functions/adapters/refused-row-table.ts';
import { parseGroup } from '../../../functions/group/group-file.ts';
import type { Refusal } from '../../../functions/ports.ts';
import demo from '../../../groups/demo.json' with { type: 'json' };
import sold from '../../../samples/vehicle-sold.json' with { type: 'json' };
import { openTable, type TestTable } from '../../support/table.ts';
import { handoff } from '../command-line/handoff.ts';

const NOW = '2026-11-20T23:00:00.000Z';
const odometer = 'vehicle.odometerMiles: expected a number, got a text';

let table: TestTable;
let refusals: RefusalTable;
let target: Target;
let putOnBus = 0;
let meanwhile: () => Promise<void> = async () => undefined;
const bus = createServer(async (_, response) => {
  putOnBus += 1;
  await meanwhile();
  response.setHeader('content-type', 'application/x-amz-json-1.1');
  response.end(JSON.stringify({ FailedEntryCount: 0, Entries: [{ EventId: `again-${putOnBus}` }] }));
});

beforeAll(async () => {
  table = await openTable();
  refusals = new RefusalTable(table.client, table.name);
  await new Promise<void>((resolve) => bus.listen(0, '127.0.0.1', resolve));
  const address = bus.address();
  const endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const clientOptions = {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  target = {
    ...{ where: 'the test', dynamodb: table.client, tableName: table.name, clientOptions, now: NOW },
    ...{ eventbridge: new EventBridgeClient(clientOptions), lambda: new LambdaClient(clientOptions) },
    ...{ busName: 'handoff-lakeshore', stackName: 'handoff-lakeshore', outputs: new Map() },
  };
});
beforeEach(async () => {
  meanwhile = async () => undefined;
  for (const { id } of await readKept(target)) await takeOff(target, id);
});
afterAll(async () => {
  bus.close();
  await table.close();
});

const env = () => ({
  AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
  ...{ AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
});
const run = (...args: string[]) => handoff([...args, '--table', table.name], env());

let minute = 0;
async function keep(id: string, change: Partial<Refusal> = {}, detail: object = {}): Promise<void> {
  minute += 1;
  await refusals.keep({
    ...{ id, queue: 'refused', source: 'dms.cdk', detailType: 'vehicle-sold', reason: odometer },
    at: new Date(Date.parse('2026-11-20T12:00:00Z') + minute * 60_000).toISOString(),
    detail: JSON.stringify({ ...sold.detail, dealNumber: id, ...detail }),
    ...change,
  });
}

const idsKept = async () => (await readKept(target)).map(({ id }) => id);

describe('the list', () => {
  test('puts equal reasons together, with what the sender knows each event by', async () => {
    for (const id of ['101', '102', '103', '104', '105', '106', '107']) await keep(id);
    await keep(
      'other',
      { reason: 'storeId: expected a store of the group' },
      { storeId: 'elsewhere', correlationId: undefined },
    );
    await keep('ro', {
      detailType: 'repair-order-voided',
      queue: 'function',
      detail: '{"storeId":"north","roNumber":77}',
    });
    const { code, stdout } = await run('dead-letters');
    expect(code).toBe(0);
    expect(stdout).toContain(`7 x vehicle-sold: ${odometer}\n  from dms.cdk, refused by its contract\n`);
    expect(stdout).toMatch(/ {2}2026-11-20T\S+ {2}lakeshore-subaru {2}deal 101 {2}deal-48211 +101\n/);
    expect(stdout).not.toContain('deal 106');
    expect(stdout).toContain('  and 2 more: npm run dead-letters -- --each\n');
    expect(stdout).toMatch(
      /1 x vehicle-sold: storeId: expected .*\n.*\n.*\n.* elsewhere {2}deal other {2}- +other\n/,
    );
    expect(stdout).toMatch(
      /1 x repair-order-voided: .*\n {2}from dms.cdk, the function failed each time\n.*\n.* north {2}RO 77 /,
    );
    expect(stdout).toContain('9 kept.');
  });

  test('shows each by itself where that is asked for', async () => {
    for (const id of ['101', '102', '103', '104', '105', '106']) await keep(id);
    const { stdout } = await run('dead-letters', '--each');
    expect(stdout).toMatch(
      /^106\n.*\n {2}lakeshore-subaru, deal 106, correlation id deal-48211\n {2}vehicle\.odometer/m,
    );
  });

  test('is there for programs, with the same facts', async () => {
    await keep('101');
    const { stdout } = await run('dead-letters', 'list', '--json');
    expect(JSON.parse(stdout)).toEqual([
      expect.objectContaining({
        id: '101',
        storeId: 'lakeshore-subaru',
        fact: 'deal 101',
        correlationId: 'deal-48211',
      }),
    ]);
  });

  test('has room for an event that says nothing about itself', async () => {
    await keep('blank', { detail: '"no object"' });
    await keep('cut', { detail: '{"storeId":"lakeshore-', wholeBytes: 400_000, reason: 'too large' });
    const { stdout } = await run('dead-letters');
    expect(stdout).toMatch(/ {2}- +- +- +blank\n/);
    expect(stdout).toContain('  cut: only the first 300 KB of its 391 KB are kept\n');
  });

  test('shows what a sender wrote, and lets nothing of it act on the terminal', async () => {
    await keep(
      'x',
      { detailType: 'x\u001b[31mRED\u001b]0;title\u0007\n9 x forged: line' },
      { correlationId: 'c\u009b31m' },
    );
    const { stdout } = await run('dead-letters');
    expect(stdout).toContain('1 x x\\u001b[31mRED\\u001b]0;title\\u0007\\u000a9 x forged: line: ');
    expect(stdout).not.toMatch(/[^\P{Cc}\n]/u);
  });
});

describe('forgetting', () => {
  beforeEach(async () => {
    for (const id of ['101', '102']) await keep(id);
    await keep('103', { reason: 'dealType: expected one of …' });
  });

  test('takes the named off the list', async () => {
    const { code, stdout } = await run('dead-letters', 'forget', '101', '103');
    expect([code, stdout]).toEqual([
      0,
      '101: forgotten, vehicle-sold of deal 101 at lakeshore-subaru\n103: forgotten, vehicle-sold of deal 103 at lakeshore-subaru\n',
    ]);
    expect(await idsKept()).toEqual(['102']);
  });

  test('takes all that are alike', async () => {
    const { stdout } = await run('dead-letters', 'forget', '--all-like', '102', '--json');
    expect(JSON.parse(stdout)).toEqual(['101', '102']);
    expect(await idsKept()).toEqual(['103']);
  });

  test.each([
    [['nobody'], 1, 'Not on the list: nobody\n'],
    [
      ['101', '--all-like', '102'],
      2,
      'Expected ids from the list, or --all-like ID, not ids and --all-like.',
    ],
    [[], 2, 'Which? Expected ids from the list, or --all-like ID.'],
  ])('of %j forgets nothing', async (args, code, message) => {
    const ended = await run('dead-letters', 'forget', ...args);
    expect([ended.code, ended.stderr]).toEqual([code, expect.stringContaining(message)]);
    expect(await idsKept()).toEqual(['101', '102', '103']);
  });
});

describe('putting back', () => {
  const group = parseGroup(demo);
  const judging = { group, anyway: false };
  const only = async () => {
    const [one] = await readKept(target);
    if (!one) throw new Error('expected a dead letter');
    return one;
  };

  test('an empty list is done at once, as the last line of a runbook', async () => {
    expect(await run('redrive', '--all')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('No dead letters'),
    });
    expect(await run('redrive', '--all', '--json')).toMatchObject({ code: 0, stdout: '[]\n' });
  });

  test('what its contract would refuse again stays, and nothing is sent', async () => {
    for (const id of ['101', '102']) await keep(id, {}, { dealType: 'barter' });
    const before = putOnBus;
    const { code, stdout } = await run('redrive', '--all');
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^101: stays on the list: would be refused again: dealType: expected one of 'retail', .*\n102: .*\n0 put back, 2 stay\n$/,
    );
    expect([await idsKept(), putOnBus]).toEqual([['101', '102'], before]);
  });

  test.each([
    [
      'a store that the group does not have',
      { storeId: 'elsewhere' },
      "storeId: 'elsewhere' is not a store of the group",
    ],
    ['a date too far ahead', { occurredAt: '2026-12-24T12:00:00Z' }, 'occurredAt: lies too far ahead'],
  ])('%s would be refused again', async (_, change, reason) => {
    await keep('101', {}, change);
    expect(await putBack(await only(), target, judging)).toEqual({
      stays: expect.stringContaining(`would be refused again: ${reason}`),
    });
  });

  test('a row of a file is never put on the bus, even where that is insisted on: its file brings it again', async () => {
    const row = { key: '119', feed: 'closed', source: 'feed.orders-csv' };
    const said = { place: 'closed-2026-11-20.csv#20', reason: 'closedOn: expected a date', at: NOW };
    await new RefusedRowTable(table.client, table.name).keep({
      ...{ ...row, ...said, detailType: 'service-visit-completed' },
    });
    const before = putOnBus;
    expect(await putBack(await only(), target, { group, anyway: true })).toEqual({
      stays: 'it is tried again by itself when a file has the row again',
    });
    expect((await run('redrive', '--all', '--anyway')).code).toBe(1);
    expect([await idsKept(), putOnBus]).toEqual([['file#closed#119'], before]);
  });

  test('what fails again at once stays, with its new reason', async () => {
    const failure = { queue: 'function', functionName: 'handoff-lakeshore-introduce-service' } as const;
    await keep('101', { ...failure, reason: 'the table does not answer' });
    meanwhile = () => keep('101', { ...failure, reason: 'the roster has nobody' });
    expect(await putBack(await only(), target, judging)).toHaveProperty('went');
    expect((await readKept(target)).map(({ id, reason }) => [id, reason])).toEqual([
      ['101', 'the roster has nobody'],
    ]);
  });

  test('what left the list since it was read is not sent again', async () => {
    await keep('101');
    const read = await only();
    await takeOff(target, '101');
    const before = putOnBus;
    expect(await putBack(read, target, judging)).toEqual({ went: 'it left the list by itself' });
    expect([await idsKept(), putOnBus]).toEqual([[], before]);
  });

  test('what an earlier release kept under the id of its event goes back under that id', async () => {
    await keep('101', { queue: 'function', functionName: 'handoff-lakeshore-keep-customers' });
    await keep('101@handoff-lakeshore-introduce-service', {
      ...{ eventId: '101', queue: 'function', functionName: 'handoff-lakeshore-introduce-service' },
    });
    const [older, newer] = await readKept(target);
    expect([older, newer].map((one) => one && envelopeOf(one))).toEqual([
      expect.objectContaining({ id: '101' }),
      expect.objectContaining({ id: '101' }),
    ]);
    await run('dead-letters', 'forget', '101');
    expect(await idsKept()).toEqual(['101@handoff-lakeshore-introduce-service']);
    expect((await run('dead-letters', 'forget', '101')).code).toBe(0);
    expect(await idsKept()).toEqual([]);
  });

  test('it is sent where that is insisted on, or where it is good by now', async () => {
    await keep('101', {}, { dealType: 'barter' });
    expect(await putBack(await only(), target, { group, anyway: true })).toEqual({
      went: expect.stringMatching(/^back on the bus as again-/),
    });
    await keep('102');
    expect(await putBack(await only(), target, judging)).toEqual({
      went: expect.stringMatching(/^back on the bus as again-/),
    });
    expect(await idsKept()).toEqual([]);
  });

  test('without the file of the group its stores are not judged', async () => {
    await keep('101', {}, { storeId: 'elsewhere' });
    expect(await putBack(await only(), target, { group: undefined, anyway: false })).toHaveProperty('went');
  });
});
