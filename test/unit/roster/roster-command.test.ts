import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UnknownNumberTable } from '../../../functions/adapters/unknown-number-table.ts';
import demo from '../../../groups/demo.json' with { type: 'json' };
import { openTable, type TestTable } from '../../support/table.ts';
import { handoff } from '../command-line/handoff.ts';
import { samplePeople, sampleText } from './people.ts';

let table: TestTable;
/** Answers as the local run does. */
const desk = createServer((_, response) => {
  const now = '2026-11-20T18:00:00.000Z';
  const health = {
    ok: true,
    aws: table.endpoint,
    table: table.name,
    bus: 'handoff-lakeshore',
    stack: 'handoff-lakeshore',
    now,
  };
  response.setHeader('content-type', 'application/json').end(JSON.stringify(health));
});
let deskUrl = '';
const folder = mkdtempSync(join(tmpdir(), 'roster-'));
const otherGroup = join(folder, 'northshore.json');
writeFileSync(otherGroup, JSON.stringify({ ...demo, name: 'northshore' }));
const policyFile = join(folder, 'policy.json');
writeFileSync(policyFile, '{}');

beforeAll(async () => {
  table = await openTable();
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve));
  const address = desk.address();
  deskUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterAll(async () => {
  desk.close();
  await table.close();
});

function roster(...args: string[]): Promise<{ code: unknown; output: string }> {
  return new Promise((resolve) => {
    const command = ['bin/handoff.ts', 'roster', ...args, '--local', deskUrl];
    execFile(process.execPath, command, (error, stdout, stderr) => {
      resolve({ code: error ? error.code : 0, output: stdout + stderr });
    });
  });
}

function fileWith(text: string): string {
  const path = join(folder, 'some.csv');
  writeFileSync(path, text);
  return path;
}

test('a roster comes in, is listed, goes out and comes in again', async () => {
  const asked = await roster('import', 'samples/roster.csv');
  expect(asked.code).toBe(2);
  expect(asked.output).toContain(
    'samples/roster.csv for handoff-lakeshore, the local run at http://127.0.0.1:',
  );
  expect(asked.output).toContain('  new      lakeshore-subaru 1042 Maya Torres, service advisor\n');
  expect(asked.output).toContain('Nothing was changed: add --yes');

  const done = await roster('import', 'samples/roster.csv', '--yes');
  expect(done.code).toBe(0);
  expect(done.output).toContain(`${samplePeople.length} new, 0 changed, 0 unchanged, 0 refused\ndone\n`);

  const listed = await roster('list', '--store', 'lakeshore-subaru');
  expect(listed.output).toMatch(/^Lakeshore Subaru \(lakeshore-subaru\)\n {2}1001 .*Denise Whitaker/);
  expect(listed.output).toMatch(/1042 .*Maya Torres.*partner 1077\n/);
  expect(listed.output).toMatch(/1081 .*left 2026-06-30\n/);
  expect(listed.output).toMatch(/1090 .*starts 2027-01-11\n/);
  expect(listed.output).not.toContain('lakeshore-honda');

  const file = join(folder, 'export.csv');
  expect((await roster('export', file)).output).toBe(`${samplePeople.length} people are in ${file}\n`);
  expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(sampleText.split('\n').length);
  const again = await roster('import', file);
  expect(again).toEqual({
    code: 0,
    output: expect.stringContaining(`0 new, 0 changed, ${samplePeople.length} unchanged, 0 refused\n`),
  });
});

test('bad rows are told, good ones apply, and the exit code says that there were some', async () => {
  const lines = [
    'store,employee number,name,email,role,start date',
    'lakeshore-honda,2090,New Person,new@lakeshore.example,salesperson,11/16/2026',
    'lakeshore-honda,2091,,x,valet,soon',
  ];
  const { code, output } = await roster('import', fileWith(lines.join('\n')), '--yes');
  expect(code).toBe(1);
  expect(output).toContain('  new      lakeshore-honda 2090 New Person, salesperson\n');
  expect(output).toContain('  refused  line 3: name: expected a text, but it is missing; email: ');
  expect(output).toContain('1 new, 0 changed, 0 unchanged, 1 refused\ndone\n');
});

test('a refused row is named as the file names it', async () => {
  const text =
    'store,employee number,name,email,role,start date\nlakeshore-honda,2092,Val Ray,v@a.example,valet,11/16/2026';
  const { output } = await roster('import', fileWith(text));
  expect(output).toMatch(/refused {2}line 2: role: .* \(2092 Val Ray\)\n/);
});

test('the list is there for programs, too', async () => {
  const { code, output } = await roster('list', '--store', 'lakeshore-subaru', '--json');
  const people: unknown = JSON.parse(output);
  expect([code, people]).toEqual([
    0,
    expect.arrayContaining([
      expect.objectContaining({ employeeNumber: '1042', storeId: 'lakeshore-subaru' }),
    ]),
  ]);
});

test('without --group the file is found by the name of the target', async () => {
  const named = await roster('list', '--store', 'Lakeshore Subaru');
  expect(named.code).toBe(2);
  expect(named.output).toContain("'Lakeshore Subaru' is not a store of the group: lakeshore-subaru, ");
  expect(named.output).toContain('Did you mean lakeshore-subaru?');
});

test('trace and why name a store that the group does not have', async () => {
  for (const args of [
    ['trace', '--deal', '48211'],
    ['why', '--ro', '77120'],
  ]) {
    const { code, stderr } = await handoff([...args, '--store', 'nosuch', '--local', deskUrl]);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^'nosuch' is not a store of the group: lakeshore-subaru, /),
    ]);
  }
});

test.each([
  [['import', 'no-such.csv'], 'no-such.csv cannot be read'],
  [['import'], 'Which file?'],
  [
    ['import', 'samples/roster.csv', '--group', 'groups/no.json'],
    "The dealer group's file groups/no.json cannot be",
  ],
  [['list', '--store', 'nowhere'], "'nowhere' is not a store of the group: lakeshore-subaru, "],
  [['import', 'samples/roster.csv', '--stack', 'handoff-x'], 'Name one target, not --local and --stack'],
  [['remove'], 'npm run roster -- import roster.csv'],
])('%j is told what is wrong', async (args, message) => {
  const { code, output } = await roster(...args);
  expect([code, output]).toEqual([2, expect.stringContaining(message)]);
});

test.each([
  ['bin/handoff.ts', 'roster', 'list'],
  ['bin/handoff.ts', 'roster', 'import', 'samples/roster.csv', '--yes'],
  ['bin/handoff.ts', 'roster', 'export'],
  ['bin/handoff.ts', 'import-history', 'samples/history.jsonl'],
  ['bin/handoff.ts', 'replay-policy', '--policy', policyFile],
])('%s %s refuses to work on a group with the file of another', async (...command) => {
  const { code, stdout, stderr } = await new Promise<{ code: unknown; stdout: string; stderr: string }>(
    (resolve) => {
      const whole = [...command, '--group', otherGroup, '--local', deskUrl];
      execFile(process.execPath, whole, (error, out, said) => {
        resolve({ code: error ? error.code : 0, stdout: out, stderr: said });
      });
    },
  );
  expect([code === 0, stdout]).toEqual([false, '']);
  expect(stderr).toBe(
    `${otherGroup} is the file of handoff-northshore, but the target is handoff-lakeshore, the local run at ${deskUrl}. ` +
      "Give that group's own file, --group groups/lakeshore.json, or name another target (--stack, --port or --local).\n",
  );
});

test('a file in another encoding is told so', async () => {
  const path = join(folder, 'latin1.csv');
  writeFileSync(path, Buffer.from(sampleText, 'latin1'));
  expect((await roster('import', path)).output).toContain('is not in UTF-8: save it as "CSV UTF-8"');
});

test('without a local run it says how to start one', async () => {
  const failed = await new Promise((resolve) => {
    execFile(process.execPath, ['bin/handoff.ts', 'roster', 'list', '--port', '1'], (_, __, stderr) =>
      resolve(stderr),
    );
  });
  expect(failed).toBe(
    'No local run answers at http://127.0.0.1:1. Start one with "npm start", or name a deployed stack with --stack.\n',
  );
});

test('a number that events name and nobody has is listed, with whom it looks like, until the roster has it', async () => {
  await roster('import', 'samples/roster.csv', '--yes');
  const numbers = new UnknownNumberTable(table.client, table.name);
  const seen = {
    storeId: 'lakeshore-subaru',
    role: 'salesperson',
    seenAt: '2026-11-20T17:00:00.000Z',
  } as const;
  await numbers.keep({ ...seen, number: '01077', example: 'deal 48211' });
  await numbers.keep({ ...seen, number: '01077', example: 'deal 48212' });
  await numbers.keep({ ...seen, number: '9999', example: 'deal 48213' });

  const { code, output } = await roster('unknown');
  expect(code).toBe(1);
  expect(output).toContain(
    `Lakeshore Subaru (lakeshore-subaru)
  01077  salesperson  2 times  last 2026-11-20, deal 48212  1077 Jordan Blake? Add 01077 to the column 'other numbers'
  9999   salesperson  once     last 2026-11-20, deal 48213
`,
  );
  expect(JSON.parse((await roster('unknown', '--store', 'lakeshore-honda', '--json')).output)).toEqual([]);

  const blake =
    'lakeshore-subaru,1077,Jordan Blake,jordan.blake@lakeshore.example,salesperson,2020-01-13,01077;9999';
  await roster(
    'import',
    fileWith(`store,employee number,name,email,role,start date,other numbers\n${blake}`),
    '--yes',
  );
  expect(await roster('unknown')).toEqual({
    code: 0,
    output: 'Events named nobody whom the roster does not have.\n',
  });
});
