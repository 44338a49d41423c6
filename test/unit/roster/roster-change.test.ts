import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { RosterRow } from '../../../functions/people/roster-change.ts';
import { group, personOf, planCsv, planFor, samplePeople, sampleText } from './people.ts';

const header = 'employee number,name,email,role,store,start date';
const torres = '1042,Maya Torres,maya.torres@lakeshore.example,service advisor,lakeshore-subaru,2019-03-04';

/** The sample's row of a person, with some values replaced. */
function rowOf(employeeNumber: string, values: RosterRow['values'], line = 2): RosterRow {
  const { emailBouncedAt: _, ...person } = personOf(employeeNumber);
  return { line, values: { ...person, ...values } };
}

const rejections = (rows: readonly RosterRow[], current = samplePeople) => planFor(current, rows).rejected;

describe('the sample roster', () => {
  test('is good, and every store can route', () => {
    const plan = planCsv([], sampleText);
    expect(plan).toMatchObject({ changed: [], unchanged: [], rejected: [], warnings: [] });
    for (const { id, hours } of group.stores) {
      const enough = hours.service ? 7 : 3;
      expect(plan.added.filter(({ storeId }) => storeId === id).length).toBeGreaterThanOrEqual(enough);
    }
  });

  test('imported again changes nothing', () => {
    const plan = planCsv(samplePeople, sampleText);
    expect(plan).toMatchObject({ added: [], changed: [], rejected: [], warnings: [] });
    expect(plan.unchanged).toHaveLength(samplePeople.length);
  });

  test('has everybody whom the samples name, at their store', () => {
    const files = readdirSync('samples').filter((name) => /\.jsonl?$/.test(name));
    for (const name of files) {
      const text = readFileSync(`samples/${name}`, 'utf8');
      const storeId = /"storeId": "([^"]+)"/.exec(text)?.[1];
      const numbers = text.matchAll(
        /"(?:employeeNumber|serviceAdvisorNumber|salespersonNumber)": "([^"]+)"/g,
      );
      for (const [, number = ''] of numbers) {
        if (name.endsWith('.jsonl')) expect(personOf(number)).toBeDefined();
        else expect([name, personOf(number).storeId]).toEqual([name, storeId]);
      }
    }
  });
});

test('absence from a file never means left', () => {
  const plan = planCsv(samplePeople, `${header}\n${torres}`);
  expect(plan).toMatchObject({ added: [], changed: [], rejected: [], warnings: [] });
});

test('a column that the file does not have stays as it is; an empty cell clears', () => {
  const without = planCsv(samplePeople, `${header}\n${torres}`);
  expect(without.unchanged).toEqual([personOf('1042')]);
  const cleared = planCsv(samplePeople, `${header},partner,days off,photo\n${torres},,,`);
  const { photo: _, partnerNumber: __, ...rest } = personOf('1042');
  expect(cleared.changed).toEqual([
    {
      before: personOf('1042'),
      after: { ...rest, daysOff: [] },
      fields: ['daysOff', 'partnerNumber', 'photo'],
    },
  ]);
});

test('a change names its fields', () => {
  const { changed } = planFor(samplePeople, [
    rowOf('1042', { phone: '(847) 555-0199', daysOff: ['2026-12-31', '2026-12-24', '2026-12-31'] }),
  ]);
  expect(changed.map(({ fields, after }) => [fields, after.daysOff])).toEqual([
    [
      ['phone', 'daysOff'],
      ['2026-12-24', '2026-12-31'],
    ],
  ]);
});

test('bounced mail stays flagged until the address is another', () => {
  const bounced = { ...personOf('1042'), emailBouncedAt: '2026-11-01T00:00:00.000Z' };
  const current = samplePeople.map((one) => (one.employeeNumber === '1042' ? bounced : one));
  expect(planFor(current, [rowOf('1042', { phone: '1' })]).changed[0]?.after.emailBouncedAt).toBeDefined();
  const another = planFor(current, [rowOf('1042', { email: 'maya@lakeshore.example' })]).changed[0];
  expect(another?.after.emailBouncedAt).toBeUndefined();
  expect(another?.fields).toEqual(['email']);
});

test('a store is known by its id or its name, in any case', () => {
  const rows = [
    rowOf('1042', { storeId: 'LAKESHORE SUBARU' }),
    rowOf('1043', { storeId: 'Lakeshore-Subaru' }, 3),
  ];
  expect(planFor(samplePeople, rows)).toMatchObject({ changed: [], rejected: [] });
});

describe('a bad row is told with its line and reason, and good ones apply', () => {
  const cases: [what: string, values: RosterRow['values'], reason: string][] = [
    [
      'an unknown store',
      { storeId: 'lakeshore-toyota' },
      "store: expected a store of the group 'lakeshore': ",
    ],
    ['no store', { storeId: undefined }, "store: expected a store of the group 'lakeshore': "],
    [
      'no number',
      { employeeNumber: undefined },
      "employee number: expected an identifier such as '48211', but it is",
    ],
    ['no name', { name: undefined }, 'name: expected a text, but it is missing'],
    [
      'an unknown role',
      { role: 'valet' },
      "role: expected one of 'service advisor', 'salesperson', 'service manager'",
    ],
    ['a bad email', { email: 'maya' }, 'email: expected an email address'],
    ['a bad start', { startsOn: 'March 4' }, "start date: expected a date such as '2026-11-20'"],
    ['no such day', { endsOn: '2026-02-30' }, "end date: expected a date such as '2026-11-20'"],
    ['a bad day off', { daysOff: ['2026-12-24', 'Xmas'] }, "days off: expected a date such as '2026-11-20'"],
    ['a plain photo', { photo: 'http://a.example/b.jpg' }, 'photo: expected an https address such as '],
    ['a photo that is a file name', { photo: 'maya.jpg' }, 'photo: expected an https address such as '],
    [
      'an end before the start',
      { endsOn: '2019-03-03' },
      'end date: expected a date not before the start date',
    ],
    ['an unknown partner', { partnerNumber: '9' }, 'partner: 9 is not in the roster of lakeshore-subaru'],
    [
      'a partner elsewhere',
      { partnerNumber: '2051' },
      'partner: 2051 is not in the roster of lakeshore-subaru',
    ],
    ['a partner in Service', { partnerNumber: '1043' }, 'partner: 1043 is no salesperson'],
  ];
  test.each(cases)('%s', (_, values, reason) => {
    const good = rowOf('1043', { phone: '(847) 555-0100' }, 3);
    const plan = planFor(samplePeople, [rowOf('1042', values), good]);
    expect(plan.rejected).toEqual([{ line: 2, reason: expect.stringContaining(reason) }]);
    expect(plan.changed.map(({ after }) => after.employeeNumber)).toEqual(['1043']);
  });

  test('several faults of one row stand in one reason', () => {
    const [rejected] = rejections([rowOf('1042', { role: 'valet', email: 'x' })]);
    expect(rejected?.reason).toMatch(/^email: .*; role: /);
  });
});

test('the second row for one person is refused, and says where the first is', () => {
  const rows = [rowOf('1042', { phone: '1' }), rowOf('1042', { phone: '2' }, 7)];
  const plan = planFor(samplePeople, rows);
  expect(plan.changed.map(({ after }) => after.phone)).toEqual(['1']);
  expect(plan.rejected).toEqual([
    { line: 7, reason: 'employee number: 1042 of lakeshore-subaru stands in line 2 already' },
  ]);
});

describe('another number of a person', () => {
  const aliased = (numbers: readonly string[]) => rowOf('1042', { otherNumbers: numbers });

  test('is kept once and in order', () => {
    const plan = planFor(samplePeople, [aliased(['MTORRES', '01042', '01042'])]);
    expect(plan.changed[0]?.after.otherNumbers).toEqual(['01042', 'MTORRES']);
    expect(plan.changed[0]?.fields).toEqual(['otherNumbers']);
  });

  test('of which a cell is emptied is gone', () => {
    const [first] = planFor(samplePeople, [aliased(['01042'])]).changed;
    if (!first) throw new Error('expected a change');
    const known = samplePeople.map((one) => (one.employeeNumber === '1042' ? first.after : one));
    expect(planFor(known, [aliased([])]).changed[0]?.after).toEqual(personOf('1042'));
  });

  test('may be used at another store', () => {
    expect(rejections([aliased(['2051'])])).toEqual([]);
  });

  test.each([
    ["a colleague's number", '1043', 'other numbers: 1043 is 1043 Greg Lindqvist'],
    ["a leaver's number", '1081', 'other numbers: 1081 is 1081 Kyle Brandt'],
  ])('that is %s is refused', (_, number, reason) => {
    expect(rejections([aliased([number])])).toEqual([{ line: 2, reason }]);
  });

  test('that two people of one file have is refused for both', () => {
    const rows = [aliased(['77']), rowOf('1043', { otherNumbers: ['77'] }, 3)];
    expect(rejections(rows).map(({ line }) => line)).toEqual([2, 3]);
  });

  test('cannot become the number of somebody new', () => {
    const [known] = planFor(samplePeople, [aliased(['1099'])]).changed;
    if (!known) throw new Error('expected a change');
    const current = samplePeople.map((one) => (one.employeeNumber === '1042' ? known.after : one));
    const newcomer = rowOf('1043', { employeeNumber: '1099' });
    expect(rejections([newcomer], current)).toEqual([
      { line: 2, reason: 'employee number: 1099 is another number of 1042 Maya Torres' },
    ]);
  });
});

test('a partner may come with the same file, before or after the advisor', () => {
  const newcomer = rowOf('1078', { employeeNumber: '1100', email: 'new@lakeshore.example' }, 3);
  const plan = planFor(samplePeople, [rowOf('1042', { partnerNumber: '1100' }), newcomer]);
  expect(plan).toMatchObject({ rejected: [], added: [{ employeeNumber: '1100' }] });
});

test('an advisor whose new partner is refused is refused with them', () => {
  const newcomer = rowOf('1078', { employeeNumber: '1100', endsOn: '2001-01-01' }, 3);
  const plan = planFor(samplePeople, [rowOf('1042', { partnerNumber: '1100' }), newcomer]);
  expect(plan.rejected.map(({ line }) => line)).toEqual([2, 3]);
});

describe('a store is never left without a manager', () => {
  test.each([
    ['who leaves', { endsOn: '2026-11-19' }],
    ['who does something else', { role: 'service advisor' }],
    ['who has not started', { startsOn: '2026-12-01' }],
  ])('the last one %s is refused', (_, values) => {
    expect(rejections([rowOf('1001', values)])).toEqual([
      {
        line: 2,
        reason: 'lakeshore-subaru would be left without a service manager: name another one first',
      },
    ]);
  });

  test('today still counts, by the clock of the store', () => {
    expect(rejections([rowOf('1001', { endsOn: '2026-11-20' })])).toEqual([]);
    // 04:00 in London on the 21st is 22:00 of the 20th in Evanston.
    expect(
      planFor(samplePeople, [rowOf('1001', { endsOn: '2026-11-20' })], '2026-11-21T04:00:00.000Z').rejected,
    ).toEqual([]);
    expect(
      planFor(samplePeople, [rowOf('1001', { endsOn: '2026-11-20' })], '2026-11-21T12:00:00.000Z').rejected,
    ).toHaveLength(1);
  });

  test('with another one in the same file it is allowed', () => {
    expect(
      rejections([rowOf('1001', { endsOn: '2026-11-19' }), rowOf('1043', { role: 'service manager' }, 3)]),
    ).toEqual([]);
  });

  test('the general manager stands in for both, and may not leave alone either', () => {
    const hired = { employeeNumber: '1000', role: 'general manager' };
    const rows = [rowOf('1001', { endsOn: '2026-11-19' }), rowOf('1044', hired, 3)];
    expect(rejections(rows)).toEqual([]);
    const [general] = planFor(samplePeople, [rowOf('1044', hired)]).added;
    if (!general) throw new Error('expected a general manager');
    const alone = samplePeople.filter(({ employeeNumber }) => employeeNumber !== '1001');
    expect(rejections([rowOf('1044', { ...hired, endsOn: '2026-11-19' })], [...alone, general])).toEqual([
      {
        line: 2,
        reason: 'lakeshore-subaru would be left without a service manager: name another one first',
      },
    ]);
  });

  test('two who leave at once keep each other', () => {
    const [second] = planFor(samplePeople, [rowOf('1001', { employeeNumber: '1003' })]).added;
    if (!second) throw new Error('expected a second service manager');
    const both = [
      rowOf('1001', { endsOn: '2026-11-19' }),
      rowOf('1001', { employeeNumber: '1003', endsOn: '2026-11-19' }, 3),
    ];
    expect(rejections(both, [...samplePeople, second]).map(({ line }) => line)).toEqual([2, 3]);
  });

  test('a store that has none yet is told so', () => {
    const plan = planCsv([], `${header}\n${torres}`);
    expect(plan.added).toHaveLength(1);
    expect(plan.warnings).toContain(
      'lakeshore-subaru has no active service manager: what is overdue there has nobody to go to',
    );
  });
});

describe('two rows that may be one person are asked about', () => {
  const twice = (values: RosterRow['values'], current = samplePeople) =>
    planFor(current, [
      rowOf('1042', { employeeNumber: '5', email: 'other@lakeshore.example', phone: undefined, ...values }),
    ]).warnings;

  test.each([
    ['the same email address', { email: 'Maya.Torres@lakeshore.example', name: 'M. Torres' }],
    ['the same name and phone', { phone: '847.555.0143', name: 'MAYA TORRES' }],
    ['numbers that differ in zeros or punctuation only', { employeeNumber: '01042', name: 'M. Torres' }],
  ])('who have %s', (shared, values) => {
    const number = 'employeeNumber' in values ? values.employeeNumber : '5';
    expect(twice(values)).toEqual([
      `lakeshore-subaru: 1042 Maya Torres and ${number} ${values.name} have ${shared}: if they are one person, ` +
        "keep one row and put the other number into 'other numbers'",
    ]);
  });

  test('and nobody else: neither a namesake, nor who came back, nor a row at another store', () => {
    expect(twice({})).toEqual([]);
    expect(twice({ email: 'kyle.brandt@lakeshore.example', name: 'Kyle Brandt' })).toEqual([]);
    expect(
      twice({ storeId: 'lakeshore-honda', email: 'maya.torres@lakeshore.example', partnerNumber: undefined }),
    ).toEqual([]);
  });
});
