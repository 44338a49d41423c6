import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { Group } from '../../functions/group/group.ts';
import { newCommand } from '../lib/command-line.ts';
import { isAgreed } from '../lib/consent.ts';
import { addressesOf, keyOf, markOf } from '../lib/customer-key.ts';
import { readText } from '../lib/files.ts';
import { type GroupChoice, groupOf, storeIn, withGroup } from '../lib/group.ts';
import { say, sayContent, sayJson } from '../lib/output.ts';
import { exitCodes } from '../lib/problem.ts';
import { withProgress } from '../lib/progress.ts';
import { resolveTarget, type Target, type TargetChoice, withTarget } from '../lib/target.ts';
import { clearBounce, describeCleared } from '../opt-outs/clear-bounce.ts';
import { readOptOutsCsv, writeOptOutsCsv } from '../opt-outs/csv.ts';
import { addAll, describeRows } from '../opt-outs/import.ts';
import { buildLift } from '../opt-outs/lift.ts';
import { emailOption, type PlaceChoice, placeIn } from '../opt-outs/place.ts';
import { buildRekey } from '../opt-outs/rekey.ts';
import { readStored, type StoredAddress } from '../opt-outs/stored.ts';
import { describeStored } from '../opt-outs/stored-words.ts';

interface Options extends TargetChoice, GroupChoice, PlaceChoice {
  readonly yes?: boolean;
  readonly json?: boolean;
}

const ONLY_HASHES = 'Addresses and phone numbers themselves are not stored, only their hashes.';

export const build = (): Command =>
  newCommand({
    name: 'opt-outs',
    summary: 'What customers said no to, and what bounced: list, import, export, lift, clear a bounce',
    examples: [
      'npm run opt-outs -- list',
      'npm run opt-outs -- import said-no.csv --stack handoff-<name> --group groups/<name>.json',
      'npm run opt-outs -- export opt-outs.csv',
      'npm run opt-outs -- clear-bounce --email maria@example.com',
    ],
  })
    .addCommand(buildList())
    .addCommand(buildImport())
    .addCommand(buildExport())
    .addCommand(buildLift())
    .addCommand(buildRekey())
    .addCommand(buildClearBounce());

const buildList = () =>
  withTarget(
    withGroup(
      newCommand({
        name: 'list',
        summary: 'Show who said no to what, and what bounced',
        more: `${ONLY_HASHES} Ask for one with --email, --phone, or --number with its --store.
The whole table is looked through.`,
        examples: [
          'npm run opt-outs -- list',
          'npm run opt-outs -- list --store lakeshore-subaru',
          'npm run opt-outs -- list --email maria@example.com --json',
          "npm run opt-outs -- list --phone '(847) 555-0188'",
        ],
      }),
    ),
  )
    .option('--store <id>', 'what holds at one store')
    .addOption(emailOption('of one address'))
    .option('--phone <number>', 'of one phone number')
    .option('--number <number>', 'of one customer number of --store')
    .option('--json', 'all of it as JSON')
    .action(list);

const buildImport = () =>
  withTarget(
    withGroup(
      newCommand({
        name: 'import',
        summary: 'Add the opt-outs of a file to those that are known',
        more: `Columns: email, phone, customer number (or the keyed hash of an export); kind (introduction, service, upgrade,
all, or bounce) or channel (email, phone, text, mail: nothing by it at all); and if you like store, since and said by. A customer
number needs its store; otherwise a store left out is the whole group. An import only ever adds.
Exits with 1 when rows were refused, with 2 when nothing was changed.`,
        examples: ['npm run opt-outs -- import said-no.csv', 'npm run opt-outs -- import said-no.csv --yes'],
      }),
    ),
  )
    .argument('<file>', 'the list as a CSV file, UTF-8')
    .option('--yes', 'add without asking')
    .option('--json', 'what was refused and added as JSON')
    .action(importFile);

const buildExport = () =>
  withTarget(
    withGroup(
      newCommand({
        name: 'export',
        summary: 'Write all opt-outs and bounces to a CSV file, or to the screen',
        more: `${ONLY_HASHES} An import reads the file back, also into another table of the group
as long as it has the same key.`,
        examples: [
          'npm run opt-outs -- export opt-outs.csv',
          'npm run opt-outs -- export --store lakeshore-subaru',
        ],
      }),
    ),
  )
    .argument('[file]', 'where to write it (default: the screen)')
    .option('--store <id>', 'what holds at one store')
    .action(exportFile);

const buildClearBounce = () =>
  withTarget(
    withGroup(
      newCommand({
        name: 'clear-bounce',
        summary: 'Write to a mended mailbox again, of a customer or of staff',
        more: `Takes the mark off the address and off SES's suppression list; with --table it says how to do the latter.
What its owner said no to stands. Exits with 1 where no bounce was noted, or SES could not be changed.`,
        examples: ['npm run opt-outs -- clear-bounce --email maria@example.com'],
      }),
    ),
  )
    .addOption(emailOption('the address').makeOptionMandatory())
    .option('--json', 'what was cleared as JSON')
    .action(clear);

async function open(options: Options): Promise<{ target: Target; group: Group }> {
  const target = await resolveTarget(options);
  const group = groupOf(target, options);
  if (options.store !== undefined) storeIn(group, options.store);
  return { target, group };
}

async function stored({ target }: { readonly target: Target }, options: Options): Promise<StoredAddress[]> {
  const place = placeIn(options);
  const { store: storeId } = options;
  return withProgress('Reading the table', (tell) => readStored(target, { place, storeId }, tell));
}

async function list({ json = false, ...options }: Options): Promise<void> {
  const addresses = await stored(await open(options), options);
  if (json) {
    sayJson(addresses.map(({ hash, ...known }) => ({ keyedHash: hash, ...known })));
    return;
  }
  say(...describeStored(addresses));
}

async function importFile(file: string, { yes = false, json = false, ...options }: Options): Promise<void> {
  const { target, group } = await open(options);
  const read = readOptOutsCsv(readText(file), {
    storeIds: group.stores.map(({ id }) => id),
    now: target.now,
    keyMark: markOf(await keyOf(target).read()),
  });
  if (!json)
    say(
      `${file} for ${target.where}:`,
      ...ignoredNote(read.ignored),
      ...describeRows(read.rows, read.rejected),
    );
  const imported =
    read.rows.length > 0
      ? await agreedImport(addressesOf(target, group), read.rows, { yes, json })
      : undefined;
  if (json) sayJson({ rejected: read.rejected, ignoredColumns: read.ignored, ...imported });
  if (read.rejected.length > 0) process.exitCode ??= exitCodes.wrong;
}

async function agreedImport(
  addresses: Parameters<typeof addAll>[0],
  good: Parameters<typeof addAll>[1],
  asked: { readonly yes: boolean; readonly json: boolean },
) {
  if (!(await isAgreed('Add them? A file takes no no back.', asked))) {
    process.exitCode = exitCodes.usage;
    return undefined;
  }
  const imported = await withProgress('Adding', (tell) => addAll(addresses, good, tell));
  if (!asked.json) say(`${imported.added} added, ${imported.known} known before`);
  return imported;
}

const ignoredNote = (ignored: readonly string[]) =>
  ignored.length === 0 ? [] : [`note: columns that are not read: ${ignored.join(', ')}`];

async function exportFile(file: string | undefined, options: Options): Promise<void> {
  const { target } = await open(options);
  const addresses = await stored({ target }, options);
  const csv = writeOptOutsCsv(addresses, markOf(await keyOf(target).read()));
  if (file === undefined) {
    sayContent(csv);
    return;
  }
  // Without the byte order mark, a spreadsheet assumes another encoding.
  writeFileSync(file, `\uFEFF${csv}`);
  say(`${addresses.length} addresses are in ${file}`);
}

async function clear({ email = '', json = false, ...options }: Options): Promise<void> {
  const { target, group } = await open(options);
  const cleared = await withProgress('Clearing', () =>
    // If only a table is named, the AWS account that sends its emails is unknown, so SES is not asked.
    clearBounce(target, group, email, { asksSes: options.table === undefined }),
  );
  if (json) sayJson(cleared);
  else say(...describeCleared(cleared, email));
  const { customer, staff, suppression } = cleared;
  const isNothing = !customer && staff.length === 0 && suppression.is !== 'removed';
  if (isNothing || suppression.is === 'failed') process.exitCode = exitCodes.wrong;
}
