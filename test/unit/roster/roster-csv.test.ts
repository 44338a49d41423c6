import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRosterCsv, writeRosterCsv } from '../../../bin/roster/csv.ts';
import { type StaffMember, staffMember } from '../../../functions/people/staff.ts';
import { personOf, planCsv, planFor, samplePeople, sampleText } from './people.ts';

const torres = {
  storeId: 'lakeshore-subaru',
  employeeNumber: '1042',
  name: 'Maya Torres',
  role: 'service advisor',
  email: 'maya.torres@lakeshore.example',
  startsOn: '2019-03-04',
};

const same = (text: string) => expect(readRosterCsv(text).rows).toEqual([{ line: 2, values: torres }]);

test('columns in any order, headers in any case and spacing', () => {
  same(
    'ROLE,Start Date,e-mail,Employee_Number, Store ,NAME\nService Advisor,2019-03-04,maya.torres@lakeshore.example,1042,lakeshore-subaru,Maya Torres\n',
  );
});

test('what spreadsheets do: a byte order mark, CRLF, quotes, empty lines, US dates, semicolons', () => {
  const line = '1042,"Maya Torres",maya.torres@lakeshore.example,service-advisor,lakeshore-subaru,3/4/2019';
  same(`\uFEFFemployee number,name,email,role,store,start date\r\n${line}\r\n\r\n,,,,,\r\n`);
  same(`employee number;name;email;role;store;start date\n${line.replaceAll(',', ';')}`);
  same(`employee number\tname\temail\trole\tstore\tstart date\n${line.replaceAll(',', '\t')}`);
});

test('headers as a payroll system writes them', () => {
  const header = 'Employee #,Name,Email,Role,Store,Hire Date,Mobile,Termination Date';
  const line =
    '1042,Maya Torres,maya.torres@lakeshore.example,service advisor,lakeshore-subaru,3/4/2019,555-0100,6/30/2026';
  const { rows, ignored } = readRosterCsv(`${header}\n${line}\n`);
  expect(ignored).toEqual([]);
  expect(rows).toEqual([{ line: 2, values: { ...torres, phone: '555-0100', endsOn: '2026-06-30' } }]);
});

test.each([
  ['Service Advisor', 'service advisor'],
  ['service_writer', 'service advisor'],
  ['Sales Consultant', 'salesperson'],
  ['GM', 'general manager'],
  ['General-Manager', 'general manager'],
  ['Used Car Manager', 'used-car manager'],
  ['BDC Rep', 'BDC agent'],
  ['bdc agent', 'BDC agent'],
  ['valet', 'valet'],
])('the role %s is read as %s', (written, role) => {
  const text = `employee number,name,email,role,store,start date\n1042,A,a@a.example,${written},x,2019-03-04`;
  expect(readRosterCsv(text).rows[0]?.values.role).toBe(role);
});

test('other numbers stand in one cell', () => {
  const text = `employee number,name,email,role,store,start date,Other Numbers\n1042,A,a@a.example,GM,x,2019-03-04,"01042; MT|7"`;
  expect(readRosterCsv(text).rows[0]?.values.otherNumbers).toEqual(['01042', 'MT', '7']);
});

test.each([
  ['es', ['es']],
  ['Spanish', ['es']],
  ['Español; Polish', ['es', 'pl']],
  ['es_MX, VIETNAMESE', ['es', 'vi']],
  ['Klingonish', ['Klingonish']],
])('the languages %s are read as %j', (written, codes) => {
  const text = `employee number,name,email,role,store,start date,Languages\n1042,A,a@a.example,GM,x,2019-03-04,"${written}"`;
  expect(readRosterCsv(text).rows[0]?.values.languages).toEqual(codes);
});

test('a language that nobody knows is refused with its row, and one that is known goes out as it came in', () => {
  const header = 'store,employee number,name,email,role,start date,languages';
  const row = (languages: string) =>
    planCsv(
      [],
      `${header}\nlakeshore-subaru,1042,Maya Torres,m@a.example,service advisor,2019-03-04,${languages}\n`,
    );
  expect(row('Klingonish').rejected[0]?.reason).toContain("languages: expected a language such as 'Spanish'");
  const [person] = row('"Spanish; pl"').added;
  expect(person && writeRosterCsv([person])).toContain(',es;pl,');
});

test("Excel's first line that names the separator does not hold column names", () => {
  const text =
    'sep=;\r\nemployee number;name;email;role;store;start date\r\n1042;Torres, Maya;m@a.example;salesperson;x;2019-03-04\r\n';
  const { rows } = readRosterCsv(text);
  expect(rows).toEqual([{ line: 3, values: expect.objectContaining({ name: 'Maya Torres' }) }]);
});

test('quoted commas and line breaks stay, and lines are counted as an editor counts them', () => {
  const text = [
    'employee number,name,email,role,store,start date,days off',
    '1,"Beth ""Bee""',
    'O\'Brien, Jr.",b@a.example,salesperson,lakeshore-ford,2021-04-05,"12/24/2026; 2026-12-26"',
    '2,Nick,n@a.example,salesperson,lakeshore-ford,2021-04-05,',
  ].join('\n');
  const { rows } = readRosterCsv(text);
  expect(rows.map(({ line }) => line)).toEqual([2, 4]);
  expect(rows[0]?.values).toMatchObject({
    name: 'Beth "Bee"\nO\'Brien, Jr.',
    daysOff: ['2026-12-24', '2026-12-26'],
  });
});

test('a row with cells too many or too few is told, not guessed at', () => {
  const text =
    'employee number,name,email,role,store,start date\n1042,Torres, Maya,m@a.example,salesperson,x,2019-03-04\n7,A';
  expect(planCsv([], text).rejected).toEqual([
    { line: 2, reason: 'expected 6 cells as in the line of column names, got 7' },
    { line: 3, reason: 'expected 6 cells as in the line of column names, got 2' },
  ]);
});

test('what is wrong with the whole file', () => {
  expect(() => readRosterCsv('')).toThrow('The roster is empty');
  expect(() => readRosterCsv('employee number,name,store\n')).toThrow(
    "The roster has no column 'role', 'email', 'start date'; its columns are: employee number, name, store",
  );
  expect(() => readRosterCsv('number,name,email,role,store,start date')).toThrow(
    "The roster has no column 'employee number'",
  );
  expect(() => readRosterCsv('employee number,name,name,email,role,store,start date')).toThrow(
    "The roster has the column 'name' twice",
  );
  expect(() => readRosterCsv('employee number,name,email,role,store,start date\n1,"open')).toThrow(
    'The roster is not a CSV file',
  );
});

test('columns that say nothing to us are named', () => {
  const text = 'employee number,name,email,role,store,start date,shirt size\n';
  expect(readRosterCsv(text).ignored).toEqual(['shirt size']);
});

test.each([
  '=1+1',
  '+1 847 555 0143',
  '-x',
  '@SUM(A1)',
  '＝1',
  "'=1",
  "''@x",
  '=HYPERLINK("http://a.example";"x")',
])('a cell that a spreadsheet would run is written as text: %s', (phone) => {
  const csv = writeRosterCsv([{ ...personOf('1042'), phone }]);
  expect(csv).toMatch(/(^|,)"?'/m);
  expect(readRosterCsv(csv).rows[0]?.values.phone).toBe(phone);
});

const text = (longest: number) => fc.string({ unit: 'grapheme', maxLength: longest });
const date = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2060-12-31'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));

/** Anybody whom the schema takes, at a store of the demo group. */
const anybody = fc
  .record({
    storeId: fc.constantFrom('lakeshore-subaru', 'lakeshore-honda', 'lakeshore-ford'),
    employeeNumber: fc.stringMatching(/^[A-Za-z0-9._/ -]{1,12}$/),
    name: text(60),
    email: fc.constant('someone@lakeshore.example'),
    phone: fc.option(text(40), { nil: undefined }),
    photo: fc.option(fc.webUrl({ validSchemes: ['https'] }), { nil: undefined }),
    role: fc.constantFrom('service advisor', 'salesperson', 'service manager', 'sales manager'),
    startsOn: date,
    daysOff: fc.array(date, { maxLength: 5 }),
  })
  .map((person) => staffMember.safeParse(person))
  .filter((read) => read.success)
  .map((read): StaffMember => read.data);

test('an export imported again changes nothing', () => {
  const people = fc.uniqueArray(anybody, {
    maxLength: 8,
    selector: ({ storeId, employeeNumber }) => `${storeId} ${employeeNumber}`,
  });
  fc.assert(
    fc.property(people, (everybody) => {
      const plan = planFor(everybody, readRosterCsv(writeRosterCsv(everybody)).rows);
      expect(plan).toMatchObject({ added: [], changed: [], rejected: [] });
      expect(plan.unchanged).toHaveLength(everybody.length);
    }),
    { numRuns: 500 },
  );
});

test('the export of the sample holds everybody', () => {
  expect(planCsv([], writeRosterCsv(samplePeople)).added).toEqual(samplePeople);
});

describe('what a spreadsheet made of a cell', () => {
  const read = (cells: Record<string, string>) => {
    const row = {
      store: 'north',
      'employee number': '1042',
      name: 'Maya Torres',
      role: 'GM',
      email: 'm@a.example',
      'start date': '2019-03-14',
      ...cells,
    };
    const quoted = Object.values(row).map((cell) => `"${cell}"`);
    return readRosterCsv(`${Object.keys(row).join(',')}\n${quoted.join(',')}`);
  };

  test('the sample needs no note', () => {
    expect(readRosterCsv(sampleText).notes).toEqual([]);
  });

  test.each([
    ['1042.0', '1042'],
    ['1042,00', '1042'],
    ['01042.0', '01042'],
  ])('the number %s is read as %s, and said', (written, number) => {
    const { rows, notes } = read({ 'employee number': written });
    expect(rows[0]?.values.employeeNumber).toBe(number);
    expect(notes).toEqual([`line 2: employee number '${written}' is read as ${number}`]);
  });

  test('a shortened number is refused with its column, and may be anybody', () => {
    const { rows } = read({ 'employee number': '1.04E+15', 'other numbers': '7;2E+5' });
    expect(rows[0]?.fault).toMatch(
      /^employee number: '1\.04E\+15' is a long number that a spreadsheet shortened.*; other numbers: '2E\+5' /,
    );
  });

  test('1E5 is taken as it is, and said', () => {
    const { rows, notes } = read({ partner: '1E5' });
    expect(rows[0]?.values.partnerNumber).toBe('1E5');
    expect(notes).toEqual(["line 2: partner '1E5' is taken as it is: a spreadsheet may have shortened it"]);
  });

  test.each([
    ['Núñez, José', 'José Núñez'],
    ['De la Cruz,  Ana María', 'Ana María De la Cruz'],
  ])('the name %s is read as %s, and said', (written, name) => {
    const { rows, notes } = read({ name: written });
    expect(rows[0]?.values.name).toBe(name);
    expect(notes).toEqual([`line 2: name '${written}' is read as ${name}`]);
  });

  test.each(['John Smith, Jr.', 'Ana Ruiz, III', 'Smith, John, Jr.'])('the name %s stays', (name) => {
    expect(read({ name })).toMatchObject({ rows: [{ values: { name } }], notes: [] });
  });

  test('an export of what looks like it comes back as it was', () => {
    const person = {
      ...personOf('1042'),
      employeeNumber: '1042.0',
      name: 'Torres, Maya',
      otherNumbers: ['1E5', '2.0'],
    };
    const { rows, notes } = readRosterCsv(writeRosterCsv([person]));
    expect(rows[0]?.values).toMatchObject({
      employeeNumber: '1042.0',
      name: 'Torres, Maya',
      otherNumbers: ['1E5', '2.0'],
    });
    expect(notes).toEqual([]);
  });

  test('a date that could be of two months is said, with how it is read', () => {
    expect(read({ 'start date': '5/6/2020' }).notes).toEqual([
      "line 2: '5/6/2020' is read as 2020-05-06, month first, and so is every date of the file that is written like it",
    ]);
    expect(read({ 'days off': '2026-12-24; 12/1/2026' }).notes).toHaveLength(1);
  });

  test('no date is in doubt where another one has its month first, or all are the same either way', () => {
    expect(read({ 'start date': '5/6/2020', 'end date': '6/30/2026' }).notes).toEqual([]);
    expect(read({ 'start date': '5/5/2020' }).notes).toEqual([]);
  });

  test('zero-width characters are no part of a cell or a column name', () => {
    const text =
      '\u200Bstore,employee\u00AD number,name,role,email,start date\nnorth\u200B,\uFEFF1042,Ma\u200Bya,GM,m@a.example\u2060,2019-03-14';
    expect(readRosterCsv(text).rows[0]?.values).toEqual({
      storeId: 'north',
      employeeNumber: '1042',
      name: 'Maya',
      role: 'general manager',
      email: 'm@a.example',
      startsOn: '2019-03-14',
    });
  });

  test('a title above the column names is left out, and lines are counted on', () => {
    const text =
      'Staff list,,,,,\n"November 20, 2026",,,,,\nstore,employee number,name,role,email,start date\nnorth,1,A,valet,a,x';
    expect(readRosterCsv(text)).toMatchObject({
      rows: [{ line: 4 }],
      notes: [
        "line 1 does not hold column names: 'Staff list'",
        "line 2 does not hold column names: 'November 20, 2026'",
      ],
    });
  });

  test('headers of a payroll system are known', () => {
    const text =
      'Employee #,Full Name,Role,Store,Hire Date,Email Address,Mobile,Termination Date\n7,A,GM,north,2020-01-15,a@a.example,555,2026-01-31';
    expect(readRosterCsv(text)).toMatchObject({
      ignored: [],
      rows: [{ values: { employeeNumber: '7', phone: '555', endsOn: '2026-01-31' } }],
    });
  });
});
