import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { RosterStore } from '../../functions/adapters/roster-store.ts';
import { UnknownNumberTable } from '../../functions/adapters/unknown-number-table.ts';
import { localDate } from '../../functions/group/business-time.ts';
import type { Group } from '../../functions/group/group.ts';
import { isActive, type StaffMember } from '../../functions/people/staff.ts';
import { newCommand } from '../lib/command-line.ts';
import { isAgreed } from '../lib/consent.ts';
import { readText } from '../lib/files.ts';
import { type GroupChoice, groupOf, storeIn, withGroup } from '../lib/group.ts';
import { say, sayContent, sayJson } from '../lib/output.ts';
import { exitCodes } from '../lib/problem.ts';
import { withProgress } from '../lib/progress.ts';
import { table } from '../lib/table.ts';
import { resolveTarget, type Target, type TargetChoice, withTarget } from '../lib/target.ts';
import { readRosterCsv, writeRosterCsv } from '../roster/csv.ts';
import { applyPlan, describePlan, planImport, readEverybody } from '../roster/import.ts';
import { cellsOf, stillUnknown } from '../roster/unknown.ts';

interface Options extends TargetChoice, GroupChoice {
  readonly store?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export const build = (): Command =>
  newCommand({
    name: 'roster',
    summary:
      'The people of a dealer group: bring a CSV file in, write one out, list who is there and who is missing',
    examples: [
      'npm run roster -- import roster.csv',
      'npm run roster -- import roster.csv --stack handoff-<name> --group groups/<name>.json',
      'npm run roster -- export roster.csv --store lakeshore-subaru',
      'npm run roster -- list',
      'npm run roster -- unknown',
    ],
  })
    .addCommand(buildImport())
    .addCommand(buildExport())
    .addCommand(buildList())
    .addCommand(buildUnknown());

const buildImport = () =>
  withTarget(
    withGroup(
      newCommand({
        name: 'import',
        summary: 'Show what a file changes, ask, and change it',
        more: `A column that the file does not have stays as it is, an empty cell clears; a missing row never means that somebody left.
Exits with 1 when rows were refused, with 2 when nothing was changed.`,
        examples: ['npm run roster -- import roster.csv', 'npm run roster -- import roster.csv --yes'],
      }),
    ),
  )
    .argument('<file>', 'the roster as a CSV file, UTF-8')
    .option('--yes', 'change without asking')
    .option('--json', 'what the file changes as JSON')
    .action(importFile);

const buildExport = () =>
  withTarget(
    withGroup(
      newCommand({
        name: 'export',
        summary: 'Write everybody to a CSV file, or to the screen',
        examples: [
          'npm run roster -- export roster.csv',
          'npm run roster -- export --store lakeshore-subaru',
        ],
      }),
    ),
  )
    .argument('[file]', 'where to write it (default: the screen)')
    .option('--store <id>', 'the people of one store')
    .action(exportFile);

const buildList = () =>
  withTarget(
    withGroup(
      newCommand({
        name: 'list',
        summary: 'Show everybody, by store',
        examples: ['npm run roster -- list', 'npm run roster -- list --store lakeshore-subaru --json'],
      }),
    ),
  )
    .option('--store <id>', 'the people of one store')
    .option('--json', 'everybody as JSON')
    .action(list);

const buildUnknown = () =>
  withTarget(
    withGroup(
      newCommand({
        name: 'unknown',
        summary: 'Show employee numbers that events named and the roster does not have',
        more: `A handoff of somebody unknown goes to somebody else. Add the number to the roster, or to the other numbers of the
person it belongs to. A number that no event named for 90 days is forgotten.
Exits with 1 when there are any.`,
        examples: ['npm run roster -- unknown', 'npm run roster -- unknown --store lakeshore-subaru --json'],
      }),
    ),
  )
    .option('--store <id>', 'the numbers of one store')
    .option('--json', 'every number as JSON')
    .action(listUnknown);

interface Opened {
  readonly target: Target;
  readonly people: RosterStore;
  /** The group, reduced to the one store that was asked for. */
  readonly group: Group;
}

async function open({ store, ...choice }: Options): Promise<Opened> {
  const target = await resolveTarget(choice);
  const whole = groupOf(target, choice);
  const group = store === undefined ? whole : { ...whole, stores: [storeIn(whole, store)] };
  return { target, people: new RosterStore(target.dynamodb, target.tableName), group };
}

async function importFile(file: string, { yes = false, json = false, ...options }: Options): Promise<void> {
  const { target, people, group } = await open(options);
  const { rows, ignored, notes } = readRosterCsv(readText(file));
  const asked = { people, group, rows, now: target.now };
  const plan = await planImport(asked);
  if (json) sayJson({ ...plan, ignoredColumns: ignored, notes });
  else say(`${file} for ${target.where}:`, ...notesOn(ignored, notes), ...describePlan(plan, rows));
  const changes = plan.added.length + plan.changed.length;
  if (changes > 0) {
    if (!(await isAgreed('Change the roster?', { yes, json }))) {
      process.exitCode = exitCodes.usage;
      return;
    }
    const { warnings } = await withProgress('Writing the roster', () => applyPlan(asked, plan));
    const late = warnings.filter((warning) => !plan.warnings.includes(warning));
    if (!json) say('done', ...late.map((warning) => `note: ${warning}`));
  }
  if (plan.rejected.length > 0) process.exitCode = exitCodes.wrong;
}

function notesOn(ignored: readonly string[], notes: readonly string[]): string[] {
  const columns = ignored.length === 0 ? [] : [`columns that are not read: ${ignored.join(', ')}`];
  return [...columns, ...notes].map((note) => `note: ${note}`);
}

async function exportFile(file: string | undefined, options: Options): Promise<void> {
  const { people, group } = await open(options);
  const everybody = await readEverybody(people, group);
  const csv = writeRosterCsv(everybody);
  if (file === undefined) {
    sayContent(csv);
    return;
  }
  // Without the byte order mark, a spreadsheet assumes another encoding.
  writeFileSync(file, `\uFEFF${csv}`);
  say(`${everybody.length} people are in ${file}`);
}

async function list({ json = false, ...options }: Options): Promise<void> {
  const { target, people, group } = await open(options);
  const listed = await Promise.all(
    group.stores.map(async (store) => ({ store, staff: await people.read(store.id) })),
  );
  if (json) {
    sayJson(listed.flatMap(({ staff }) => staff));
    return;
  }
  for (const { store, staff } of listed) {
    const today = localDate(store.timeZone, target.now);
    const rows = staff.map((person) => rowOf(person, today));
    say(`${store.name} (${store.id})`, ...(rows.length > 0 ? table(rows, { indent: '  ' }) : ['  nobody']));
  }
}

async function listUnknown({ json = false, ...options }: Options): Promise<void> {
  const { target, people, group } = await open(options);
  const numbers = new UnknownNumberTable(target.dynamodb, target.tableName);
  const found = await Promise.all(
    group.stores.map(async (store) => {
      const [stored, roster] = await Promise.all([numbers.read(store.id), people.read(store.id)]);
      return { store, unknown: stillUnknown(stored, roster) };
    }),
  );
  const some = found.filter(({ unknown }) => unknown.length > 0);
  if (some.length > 0) process.exitCode = exitCodes.wrong;
  if (json) {
    sayJson(some.flatMap(({ unknown }) => unknown));
    return;
  }
  if (some.length === 0) say('Events named nobody whom the roster does not have.');
  for (const { store, unknown } of some) {
    const rows = unknown.map((one) => cellsOf(one, store));
    say(`${store.name} (${store.id})`, ...table(rows, { indent: '  ' }));
  }
}

function rowOf(person: StaffMember, today: string): string[] {
  const { employeeNumber, name, role, email, partnerNumber, emailBouncedAt } = person;
  const notes = [
    presence(person, today),
    partnerNumber && `partner ${partnerNumber}`,
    emailBouncedAt && 'mail bounces',
  ].filter((note) => note !== undefined && note !== '');
  return [employeeNumber, name, role, email, notes.join(', ')];
}

function presence(person: StaffMember, today: string): string | undefined {
  if (person.startsOn > today) return `starts ${person.startsOn}`;
  if (person.endsOn !== undefined && person.endsOn < today) return `left ${person.endsOn}`;
  if (!isActive(person, today)) return `suspended from ${person.suspendedFrom}`;
  if (person.daysOff.includes(today)) return 'off today';
  return person.endsOn && `leaves ${person.endsOn}`;
}
