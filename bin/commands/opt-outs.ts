import { writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { emailAddress } from '../../functions/contracts/fields.ts';
import type { Channel } from '../../functions/contracts/may-contact.ts';
import { customerPlace, phonePlace } from '../../functions/customers/contact-places.ts';
import { ALL, CHANNEL, channelOf, GROUP, type OptOut } from '../../functions/customers/opt-outs.ts';
import type { Group } from '../../functions/group/group.ts';
import { newCommand } from '../lib/command-line.ts';
import { isAgreed } from '../lib/consent.ts';
import { addressesOf, keyOf, markOf } from '../lib/customer-key.ts';
import { readText } from '../lib/files.ts';
import { type GroupChoice, groupOf, storeIn, withGroup } from '../lib/group.ts';
import { say, sayContent, sayJson } from '../lib/output.ts';
import { exitCodes, UsageProblem } from '../lib/problem.ts';
import { withProgress } from '../lib/progress.ts';
import { table } from '../lib/table.ts';
import { resolveTarget, type Target, type TargetChoice, withTarget } from '../lib/target.ts';
import { clearBounce, describeCleared } from '../opt-outs/clear-bounce.ts';
import { readOptOutsCsv, writeOptOutsCsv } from '../opt-outs/csv.ts';
import { addAll, describeRows } from '../opt-outs/import.ts';
import { buildRekey } from '../opt-outs/rekey.ts';
import { readStored, type StoredAddress } from '../opt-outs/stored.ts';

interface Options extends TargetChoice, GroupChoice {
  readonly store?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly number?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

const ONLY_HASHES = 'Addresses and phone numbers themselves are not stored, only their hashes.';

export const build = (): Command =>
  newCommand({
    name: 'opt-outs',
    summary:
      'What customers said no to, and what bounced: list it, bring a list in, write one out, clear a bounce',
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
    .addCommand(buildRekey())
    .addCommand(buildClearBounce());

const emailOption = (what: string) => new Option('--email <address>', what).argParser(address);

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
number needs its store; otherwise a store left out is the whole group. An import only ever adds: only the customer takes a no back.
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

function address(text: string): string {
  const read = emailAddress.safeParse(text);
  if (read.success) return read.data;
  throw new UsageProblem(`--email takes an email address such as maria@example.com, not '${text}'`);
}

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

function placeIn({ email, phone, number, store }: Options): string | undefined {
  if ([email, phone, number].filter((one) => one !== undefined).length > 1)
    throw new UsageProblem('Ask by one: --email, --phone, or --number.');
  if (number !== undefined) {
    if (store === undefined)
      throw new UsageProblem('A customer number is unique per store only: give its --store, too.');
    return customerPlace(store, number);
  }
  if (phone === undefined) return email;
  const place = phonePlace(phone);
  if (place === undefined)
    throw new UsageProblem(`--phone takes a phone number such as (847) 555-0188, not '${phone}'`);
  return place;
}

async function list({ json = false, ...options }: Options): Promise<void> {
  const addresses = await stored(await open(options), options);
  if (json) {
    sayJson(addresses.map(({ hash, ...known }) => ({ keyedHash: hash, ...known })));
    return;
  }
  const lines = [...noLines(addresses), ...bounceLines(addresses)];
  say(...(lines.length > 0 ? lines : ['Nobody said no, and nothing bounced.']));
}

function noLines(addresses: readonly StoredAddress[]): string[] {
  const all = addresses.flatMap(({ hash, optOuts }) => optOuts.map((no) => ({ hash, ...no })));
  return [...Map.groupBy(all, whatOf)].flatMap(([what, some]) => [
    `No to ${what}: ${some.length}`,
    ...rows(some.map(({ hash, storeId, at }) => [hash, storeId === GROUP ? 'whole group' : storeId, at])),
  ]);
}

function whatOf(no: OptOut): string {
  if (no.kind === CHANNEL) return byChannel[channelOf(no)];
  return no.kind === ALL ? 'all emails' : `${no.kind} emails`;
}

const byChannel: Readonly<Record<Channel, string>> = {
  email: 'contact by email',
  phone: 'contact by phone',
  text: 'contact by text',
  mail: 'contact by mail',
};

function bounceLines(addresses: readonly StoredAddress[]): string[] {
  const bounced = addresses.flatMap(({ hash, bouncedAt }) => (bouncedAt ? [[hash, bouncedAt]] : []));
  return bounced.length === 0 ? [] : [`Bounced: ${bounced.length}`, ...rows(bounced)];
}

const rows = (cells: readonly string[][]) => table(cells, { indent: '  ' });

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
  if (!(await isAgreed('Add them? Only the customer can take a no back.', asked))) {
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
  // Without the byte order mark a spreadsheet reads the file in another encoding.
  writeFileSync(file, `\uFEFF${csv}`);
  say(`${addresses.length} addresses are in ${file}`);
}

async function clear({ email = '', json = false, ...options }: Options): Promise<void> {
  const { target, group } = await open(options);
  const cleared = await withProgress('Clearing', () =>
    // A table by name says nothing of the account that sends.
    clearBounce(target, group, email, { asksSes: options.table === undefined }),
  );
  if (json) sayJson(cleared);
  else say(...describeCleared(cleared, email));
  const { customer, staff, suppression } = cleared;
  const isNothing = !customer && staff.length === 0 && suppression.is !== 'removed';
  if (isNothing || suppression.is === 'failed') process.exitCode = exitCodes.wrong;
}
