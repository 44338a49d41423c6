import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { duplicateKeys } from '../../../bin/events/duplicate-keys.ts';
import { judgeEvent } from '../../../bin/events/verdict.ts';
import { suggestDetailType } from '../../../functions/events.ts';
import { parseGroup } from '../../../functions/group/group-file.ts';
import demo from '../../../groups/demo.json' with { type: 'json' };
import { bareDetail, readEvents } from '../../../local/event-files.ts';
import { readSamples } from '../../../local/samples.ts';
import sold from '../../../samples/vehicle-sold.json' with { type: 'json' };

const scratch = mkdtempSync(join(tmpdir(), 'check-event-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const group = parseGroup(demo);

function fileWith(text: string): string {
  const path = join(mkdtempSync(join(scratch, 'file-')), 'events.json');
  writeFileSync(path, text);
  return path;
}

describe('nearest detail type', () => {
  test.each([
    ['VehicleSold', 'vehicle-sold'],
    ['vehicle_sold', 'vehicle-sold'],
    ['vehicle-sould', 'vehicle-sold'],
    ['deal-unwind', 'deal-unwound'],
    ['appointment-booked', 'service-appointment-booked'],
    ['repair-quote', 'repair-quoted'],
    ['repair-quote-hihg', 'repair-quote-high'],
    ['service-visit-complete', 'service-visit-completed'],
    ['RepairOrder Closed', 'service-visit-completed'],
    ['RO_CLOSED', 'service-visit-completed'],
    ['repairOrderVoided', 'repair-order-voided'],
    ['VehicleDelivered', 'vehicle-sold'],
    ['Deal Finalized', 'vehicle-sold'],
    ['Deal Reversed', 'deal-unwound'],
    ['Appointment No-Show', 'service-appointment-cancelled'],
    ['appointment.rescheduled', 'service-appointment-booked'],
    ['EstimateCreated', 'repair-quoted'],
  ])('%s was meant to be %s', (text, meant) => expect(suggestDetailType(text)).toBe(meant));

  test.each([
    ['closed', { roNumber: '77120' }, 'service-visit-completed'],
    ['closed', { dealNumber: '48211' }, 'vehicle-sold'],
    ['delivered', { dealNumber: '48211' }, 'vehicle-sold'],
    ['voided', { roNumber: '77120' }, 'repair-order-voided'],
    ['no_show', { appointmentNumber: '9' }, 'service-appointment-cancelled'],
    ['Appointment Booked', { roNumber: '77120' }, 'service-appointment-booked'],
    ['closed', {}, undefined],
    ['opened', { roNumber: '77120' }, 'service-visit-opened'],
    ['RepairOrderOpened', {}, 'service-visit-opened'],
  ])('%s, beside the number of %j, was meant to be %s', (text, detail, meant) =>
    expect(suggestDetailType(text, detail)).toBe(meant),
  );

  test.each([
    ...['', 'order-created', 'repairorderclosed', 'Deal'],
    ...['Order Closed or Voided', '-'.repeat(1_000_000), 'x'.repeat(1_000_000)],
  ])('no guess where none is honest (%#)', (text) => expect(suggestDetailType(text)).toBeUndefined());
});

describe('an odd event is good, with notes', () => {
  const judge = (change: object) => judgeEvent({ ...sold, detail: { ...sold.detail, ...change } }, group);

  test('a VIN whose check digit fails', () => {
    const { problems, warnings } = judge({ vehicle: { vin: '4S4BTGND0V3104872' } });
    expect(problems).toEqual([]);
    expect(warnings).toEqual([
      { path: 'vehicle.vin', code: 'vin-check-digit', message: expect.stringMatching(/check digit/) },
    ]);
  });

  test('an email that is no address', () => {
    const { problems, warnings } = judge({ customer: { ...sold.detail.customer, email: 'NONE' } });
    expect(problems).toEqual([]);
    expect(warnings).toEqual([
      {
        path: 'customer.email',
        code: 'no-email-address',
        message: 'is no email address: the customer counts as having none',
      },
    ]);
  });

  test('a field that looks mistyped', () => {
    const { problems, warnings } = judge({
      promise: ['Floor mats'],
      salespeople: [{ employeeNumber: '1077', employeenumber: '1' }],
      color: 'blue',
    });
    expect(problems).toEqual([]);
    expect(warnings).toEqual([
      {
        path: 'salespeople[0].employeenumber',
        message: "is kept but never read; did you mean 'employeeNumber'?",
      },
      { path: 'promise', message: "is kept but never read; did you mean 'promises'?" },
    ]);
  });
});

test.each([
  ['a list', (entry: object) => [entry]],
  ['alone', (entry: object) => entry],
  ['the whole request', (entry: object) => ({ Entries: [entry] })],
])('entries as PutEvents takes them are read, too: %s', (_name, wrapped) => {
  const entry = {
    ...{ EventBusName: 'any', Source: sold.source, DetailType: sold['detail-type'] },
    Detail: JSON.stringify(sold.detail),
  };
  expect(judgeFile(fileWith(JSON.stringify(wrapped(entry))))).toEqual({
    ...{ detailType: 'vehicle-sold', problems: [], warnings: [] },
  });
  expect(judgeFile(fileWith(JSON.stringify(wrapped({ ...entry, Detail: '{' })))).problems).toEqual([
    { path: 'detail', message: 'expected an object, got a text' },
  ]);
});

function judgeFile(path: string) {
  const [found] = readEvents(path);
  if (!found || 'unreadable' in found) throw new Error(`${path} holds no event`);
  return judgeEvent(found.event, group);
}

describe('what is sent is read as what is checked', () => {
  test('entries, a list, and JSON lines', () => {
    const line = JSON.stringify(sold);
    const sent = { source: sold.source, 'detail-type': 'vehicle-sold', detail: sold.detail };
    expect(readSamples('samples/entries.json')).toEqual([sent]);
    expect(readSamples(fileWith(`[${line},${line}]`))).toEqual([sent, sent]);
    expect(readSamples(fileWith(`${line}\n${line}\n`))).toEqual([sent, sent]);
  });

  test('what is no event is explained alike', () => {
    expect(() => readSamples(fileWith(JSON.stringify(sold.detail)))).toThrow(bareDetail);
    expect(() => readSamples(fileWith('{\n"half":'))).toThrow(/events\.json: is not JSON/);
    expect(() => readSamples(fileWith('[5]'))).toThrow(/events\.json\[0\]: .*expected object/);
  });
});

test('a detail without its envelope is told so', () => {
  expect(judgeEvent(sold.detail, group).problems).toEqual([
    { path: '', message: expect.stringContaining('is a detail without its envelope') },
  ]);
});

test.each([
  ['handoff', "expected a source of your own such as 'dms.tekion': this software's own is refused"],
  ['aws.events', "expected a source of your own such as 'dms.tekion': 'aws.' is Amazon's"],
  ['', 'expected a text that is not empty'],
])('the source %j is refused', (source, message) => {
  expect(judgeEvent({ ...sold, source }, group).problems).toEqual([{ path: 'source', message }]);
});

test.each([null, 5, 'text', [], undefined])('%j is no event', (value) => {
  expect(judgeEvent(value, group).problems).not.toEqual([]);
});

describe('a name that stands twice in one object', () => {
  test.each([
    ['{"a":1,"b":{"c":1,"c":2},"a":3}', ['b.c', 'a']],
    ['[{"a":1},{"a":1,"a":[{"x":1,"x":1}]}]', ['[1].a', '[1].a[0].x']],
    ['{"a":"{\\"b\\":1,\\"b\\":2}","b":"a","c":["a","a"]}', []],
    ['{"a\\u0062":1,"ab":2}', ['ab']],
    ['{"a":{},"b":{"a":1},"c":[1,{"a":1},{"a":2}]}', []],
  ])('%s', (text, paths) => expect(duplicateKeys(text)).toEqual(paths));

  test('is none in what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(duplicateKeys(JSON.stringify(value))).toEqual([]);
      }),
    );
  });
});

describe('files', () => {
  const line = JSON.stringify(sold);

  test('one event, a list, and JSON lines', () => {
    expect(readEvents(fileWith(`\uFEFF${line}`))).toHaveLength(1);
    expect(readEvents(fileWith(`[${line}, ${line}]`)).map(({ where }) => where.slice(-3))).toEqual([
      '[0]',
      '[1]',
    ]);
    const lines = readEvents(fileWith(`${line}\r\n\r\n{"half":\n${line}\n`));
    expect(lines.map((one) => [one.where.slice(-2), 'event' in one])).toEqual([
      [':1', true],
      [':3', false],
      [':4', true],
    ]);
  });

  test('what is not JSON, and what is not there', () => {
    expect(readEvents(fileWith('{\n"half":'))).toEqual([
      { where: expect.any(String), unreadable: expect.stringContaining('is not JSON') },
    ]);
    expect(readEvents('no-such-file.json')).toEqual([
      { where: 'no-such-file.json', unreadable: expect.stringContaining('cannot be read') },
    ]);
  });
});

describe('the command', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['bin/handoff.ts', 'check-event', ...args], { encoding: 'utf8' });

  test('a good event', () => {
    const { status, stdout } = run('samples/vehicle-sold.json');
    expect([status, stdout]).toEqual([0, 'good  samples/vehicle-sold.json: vehicle-sold\n']);
  });

  test('a bad one among good ones', () => {
    const { status, stdout } = run('samples/vehicle-sold.json', 'samples/bad/missing-deal-number.json');
    expect(status).toBe(1);
    expect(stdout).toContain("      dealNumber: expected an identifier such as '48211', but it is missing\n");
    expect(stdout).toContain('\n1 good, 1 bad\n');
  });

  test("a group's file that begins with a byte order mark is read", () => {
    const { status, stderr } = run(
      'samples/vehicle-sold.json',
      '--group',
      fileWith(`\uFEFF${JSON.stringify(demo)}`),
    );
    expect([status, stderr]).toEqual([0, '']);
  });

  test("a store id of no known form is answered with the group's stores", () => {
    const { stdout } = run('samples/bad/store-name-for-id.json');
    expect(stdout).toMatch(/storeId: expected a store id .*; expected one of lakeshore-subaru, /);
  });

  test('a field that stands twice is noted, at its event', () => {
    const line = JSON.stringify(sold);
    const twice = line.replace('"dealNumber"', '"dealNumber":"1","dealNumber"');
    const { status, stdout } = run(
      fileWith(`${line}\n${twice}\n`),
      fileWith(`[${line},${twice}]`),
      fileWith(twice),
    );
    expect(status).toBe(0);
    const lines = stdout.split('\n');
    const noted = lines.flatMap((text, at) =>
      text.includes('stands twice') ? [lines[at - 1]?.match(/json(.*):/)?.[1]] : [],
    );
    expect(noted).toEqual([':2', '[1]', '']);
    expect(stdout).toContain('      note: dealNumber: stands twice: the last one counts\n');
  });

  test('the verdicts are there for programs, too', () => {
    const { status, stdout } = run('samples/vehicle-sold.json', 'samples/bad/no-source.json', '--json');
    expect([status, JSON.parse(stdout)]).toEqual([
      1,
      [
        {
          where: 'samples/vehicle-sold.json',
          detailType: 'vehicle-sold',
          good: true,
          problems: [],
          warnings: [],
        },
        expect.objectContaining({ good: false, problems: [expect.objectContaining({ path: 'source' })] }),
      ],
    ]);
  });

  test('a group that cannot be read', () => {
    const { status, stderr } = run('samples/vehicle-sold.json', '--group', 'groups/nobody.json');
    expect(status).toBe(2);
    expect(stderr).toContain("The dealer group's file groups/nobody.json cannot be read");
  });
});
