/**
 * The people of the dealer group: brings a CSV file in, writes one out, lists who is there.
 *
 *   npm run roster -- import roster.csv [--yes] [--group groups/demo.json]
 *   npm run roster -- export [roster.csv] [--store ID]
 *   npm run roster -- list [--store ID]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { RosterStore } from '../functions/adapters/roster-store.ts';
import { localDate } from '../functions/domain/business-time.ts';
import { findStore, type Group } from '../functions/domain/group.ts';
import { isActive, type StaffMember } from '../functions/domain/staff.ts';
import { DEMO_GROUP, readGroupFile } from '../lib/group-file.ts';
import { askConsent } from './ask.ts';
import { readRosterCsv, writeRosterCsv } from './roster-csv.ts';
import { applyPlan, describePlan, planImport, readEverybody } from './roster-import.ts';
import { refuseOtherGroup, resolveTarget, type Target, targetHelp, targetOptions } from './target.ts';

const help = `npm run roster -- import roster.csv [--yes]      shows what the file changes, asks, and changes it
npm run roster -- export [roster.csv] [--store ID]   writes everybody to a file, or to the screen
npm run roster -- list [--store ID]                  shows everybody

  --group FILE   the dealer group's file (default ${DEMO_GROUP})
  --yes          changes without asking
${targetHelp}`;

const options = {
  ...targetOptions,
  group: { type: 'string', default: DEMO_GROUP },
  store: { type: 'string' },
  yes: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** 1: some rows were refused. 2: nothing was changed. */
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

interface Command {
  readonly target: Target;
  readonly people: RosterStore;
  readonly group: Group;
  readonly file: string | undefined;
  readonly yes: boolean;
}

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [verb = 'help', file] = positionals;
  const run = new Map([
    ['import', importFile],
    ['export', exportFile],
    ['list', list],
  ]).get(verb);
  if (values.help || !run) {
    console.log(help);
    return values.help ? 0 : 2;
  }
  const { port, local, stack, table } = values;
  const whole = readGroupFile(values.group).group;
  const target = await resolveTarget({ port, local, stack, table });
  refuseOtherGroup(target, whole, values.group);
  const group = onlyStore(whole, values.store);
  const people = new RosterStore(target.dynamodb, target.tableName);
  return run({ target, people, group, file, yes: values.yes });
}

function onlyStore(group: Group, storeId: string | undefined): Group {
  if (storeId === undefined) return group;
  const store = findStore(group, storeId);
  if (store) return { ...group, stores: [store] };
  throw new Error(`'${storeId}' is no store of the group: ${group.stores.map(({ id }) => id).join(', ')}`);
}

async function importFile({ target, people, group, file, yes }: Command): Promise<number> {
  if (file === undefined) throw new Error('Which file? npm run roster -- import roster.csv');
  const { rows, ignored } = readRosterCsv(textOf(file));
  const asked = { people, group, rows, now: target.now };
  const plan = await planImport(asked);
  const note = ignoredNote(ignored);
  console.log([`${file} for ${target.where}:`, ...(note ? [note] : []), ...describePlan(plan)].join('\n'));
  const changes = plan.added.length + plan.changed.length;
  if (changes > 0 && !(await agreed(yes))) return 2;
  if (changes === 0) return plan.rejected.length > 0 ? 1 : 0;
  const { warnings } = await applyPlan(asked, plan);
  const late = warnings.filter((warning) => !plan.warnings.includes(warning));
  console.log(['done', ...late.map((warning) => `note: ${warning}`)].join('\n'));
  return plan.rejected.length > 0 ? 1 : 0;
}

async function agreed(yes: boolean): Promise<boolean> {
  if (yes) return true;
  const consent = await askConsent('Change the roster?');
  if (consent === 'nobody to ask')
    console.log('Nothing was changed: add --yes to change it without being asked.');
  if (consent === 'no') console.log('Nothing was changed.');
  return consent === 'yes';
}

function ignoredNote(ignored: readonly string[]): string | undefined {
  return ignored.length === 0 ? undefined : `note: columns that are not read: ${ignored.join(', ')}`;
}

async function exportFile({ people, group, file }: Command): Promise<number> {
  const everybody = await readEverybody(people, group);
  const csv = writeRosterCsv(everybody);
  if (file === undefined) {
    process.stdout.write(csv);
    return 0;
  }
  // With the mark without which a spreadsheet takes the file for another encoding.
  writeFileSync(file, `\uFEFF${csv}`);
  console.log(`${everybody.length} people are in ${file}`);
  return 0;
}

async function list({ target, people, group }: Command): Promise<number> {
  const listed = await Promise.all(
    group.stores.map(async (store) => {
      const today = localDate(store.timeZone, target.now);
      const staff = await people.read(store.id);
      const lines = staff.map((person) => `  ${lineOf(person, today)}`);
      return [`${store.name} (${store.id})`, ...(lines.length > 0 ? lines : ['  nobody'])];
    }),
  );
  console.log(listed.flat().join('\n'));
  return 0;
}

function lineOf(person: StaffMember, today: string): string {
  const { employeeNumber, name, role, email, partnerNumber, emailBouncedAt } = person;
  const notes = [
    presence(person, today),
    partnerNumber && `partner ${partnerNumber}`,
    emailBouncedAt && 'mail bounces',
  ].filter((note) => note !== undefined && note !== '');
  return [employeeNumber.padEnd(8), name.padEnd(22), role.padEnd(16), email.padEnd(40), notes.join(', ')]
    .join(' ')
    .trimEnd();
}

function presence(person: StaffMember, today: string): string | undefined {
  if (person.startsOn > today) return `starts ${person.startsOn}`;
  if (person.endsOn !== undefined && person.endsOn < today) return `left ${person.endsOn}`;
  if (!isActive(person, today)) return `suspended from ${person.suspendedFrom}`;
  if (person.daysOff.includes(today)) return 'off today';
  return person.endsOn && `leaves ${person.endsOn}`;
}

function textOf(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new Error(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error(`${file} is not in UTF-8: save it as "CSV UTF-8" in your spreadsheet.`);
  }
}
