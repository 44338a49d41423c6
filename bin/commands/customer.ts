import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { type Certificate, eraseCustomer, erasedAt, isDeleted, kindOf } from '../customer/erase.ts';
import { type Asked, type Found, findCustomer } from '../customer/find.ts';
import type { CustomerRecord, StoredItem } from '../customer/records.ts';
import { newCommand } from '../lib/command-line.ts';
import { isAgreed } from '../lib/consent.ts';
import { type GroupChoice, requireStore, withGroup } from '../lib/group.ts';
import { say, sayContent, sayJson } from '../lib/output.ts';
import { exitCodes, Problem, UsageProblem } from '../lib/problem.ts';
import { withProgress } from '../lib/progress.ts';
import { resolveTarget, type Target, type TargetChoice, withTarget } from '../lib/target.ts';
import { emailOption } from '../opt-outs/place.ts';

interface Options extends TargetChoice, GroupChoice, Asked {
  readonly all?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

const HOW = 'By --email, by --vin, or by --number with its --store. The whole table is looked through.';

export const build = (): Command =>
  newCommand({
    name: 'customer',
    summary: 'What is stored about a customer: write it out, or erase it',
    examples: [
      'npm run customer -- export maria.json --email maria@example.com',
      'npm run customer -- erase --number C-20417 --store lakeshore-subaru',
    ],
  })
    .addCommand(buildExport())
    .addCommand(buildErase());

const buildExport = () =>
  asking({
    name: 'export',
    summary: 'Write everything that is stored about a customer, as JSON',
    more: `${HOW} Hashes of links are left out: a link is a secret.`,
    examples: [
      'npm run customer -- export maria.json --email maria@example.com',
      'npm run customer -- export --vin 4S4BTGND8V3104872',
    ],
  })
    .argument('[file]', 'where to write it (default: the screen)')
    .action(exportTo);

const buildErase = () =>
  asking({
    name: 'erase',
    summary: 'Delete everything that is stored about a customer, for good',
    more: `${HOW} Open handoffs about them end without an email, so tell the people who have them first.
Opt-outs stay, by the hash of the address. Facts from before this instant are refused from now on, also from a redrive,
a replay or an import; later ones start over. Prints a certificate. Exits with 1 if nothing is stored about them, with 2
if nothing was changed.`,
    examples: ['npm run customer -- erase --email maria@example.com --yes --json > certificate.json'],
  })
    .option('--all', 'several customers, if that is who the address or car belongs to')
    .option('--yes', 'erase without asking')
    .option('--json', 'the certificate as JSON')
    .action(erase);

const asking = (described: Parameters<typeof newCommand>[0]) =>
  withTarget(withGroup(newCommand(described)))
    .addOption(emailOption('who has this address'))
    .option('--vin <VIN>', 'who has or had this car')
    .option('--number <number>', 'who has this number in the DMS of the store')
    .option('--store <id>', 'at this store only');

async function find(options: Options): Promise<{ readonly target: Target; readonly found: Found }> {
  const { email, vin, number, store } = options;
  if ([email, vin, number].filter((one) => one !== undefined).length !== 1)
    throw new UsageProblem('Who? Give --email, --vin, or --number with --store.');
  if (number !== undefined && store === undefined)
    throw new UsageProblem('A customer number is unique per store only: give its --store, too.');
  const target = await resolveTarget(options);
  if (store !== undefined) requireStore(target, options, store);
  const found = await withProgress('Reading the table', (tell) =>
    findCustomer(target, { email, vin, number, store }, tell),
  );
  return { target, found };
}

async function exportTo(file: string | undefined, options: Options): Promise<void> {
  const { target, found } = await find(options);
  if (found.records.length === 0) throw new Problem('Nobody is known by that.');
  const whole = {
    exportedAt: target.now,
    from: target.where,
    customers: found.records.map(described),
    items: found.items.map(({ pk, sk, content: { links: _secrets, ...content } }) => ({
      pk,
      sk,
      ...content,
    })),
  };
  if (file === undefined) {
    sayContent(`${JSON.stringify(whole, undefined, 2)}\n`);
    return;
  }
  writeFileSync(file, `${JSON.stringify(whole, undefined, 2)}\n`, { mode: 0o600 });
  say(`${found.items.length} items about ${listOf(found.records)} are in ${file}`);
}

const described = ({ emails, phones, vins, names, ...one }: CustomerRecord) => ({
  ...one,
  ...{ names: [...names], emails: [...emails], phones: [...phones], vins: [...vins] },
});

async function erase({ all = false, yes = false, json = false, ...options }: Options): Promise<void> {
  const { target, found } = await find(options);
  if (found.records.length === 0) throw new Problem(await whyNobody(target, options));
  if (found.people > 1 && !all) {
    throw new UsageProblem(
      `That is ${listOf(found.records)}. Name one with --number and --store, or add --all if they are one person.`,
    );
  }
  if (!json) say(...summary(target, found));
  if (!(await isAgreed('Erase it all? It cannot be undone.', { yes, json }))) {
    process.exitCode = exitCodes.usage;
    return;
  }
  const certificate = await withProgress('Erasing', (tell) => eraseCustomer(target, found, tell));
  if (json) sayJson(certificate);
  else say(...describeCertificate(certificate));
}

async function whyNobody(target: Target, { number, store }: Options): Promise<string> {
  const nobody = 'Nobody is known by that: nothing is stored, and nothing was changed.';
  if (number === undefined || store === undefined) return nobody;
  const at = await erasedAt(target, { storeId: store, customerNumber: number });
  return at === undefined ? nobody : `They were erased at ${at}, and nothing is stored since.`;
}

const listOf = (records: readonly CustomerRecord[]): string =>
  records.map(({ storeId, customerNumber }) => `customer ${customerNumber} of ${storeId}`).join(', ');

function summary(target: Target, { records, items }: Found): string[] {
  const open = items.filter(isOpenHandoff);
  return [
    `About ${listOf(records)}, in ${target.where}:`,
    ...countLines(items.filter(isDeleted)),
    ...(open.length === 0 ? [] : [`  ${open.length} of the handoffs are open: they end without an email.`]),
  ];
}

const isOpenHandoff = ({ content }: StoredItem): boolean =>
  content['type'] === 'task' && ['open', 'accepted', 'waiting'].includes(String(content['state']));

const countLines = (items: readonly StoredItem[]): string[] =>
  [...Map.groupBy(items, kindOf)].map(([kind, some]) => `  ${kind}: ${some.length}`);

function describeCertificate({ certificate, at, deleted, kept, gone }: Certificate): string[] {
  const count = Object.values(deleted).reduce((all, one) => all + one, 0);
  return [
    `Erased at ${at}: ${count} items. Certificate ${certificate}.`,
    kept.length === 0
      ? 'They had said no to nothing.'
      : `What they said no to is kept by hash, at ${kept.length} of their addresses and numbers.`,
    `Copies age out by themselves: of backups by ${gone.backups}, of logs by ${gone.logs}, of the archive of events by ${gone.archive}.`,
    'A function at work notices within a minute: erase again after that, if a fact about them was just on its way.',
  ];
}
