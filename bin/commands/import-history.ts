import { createReadStream, createWriteStream, statSync, type WriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { type Command, Option } from 'commander';
import { AdvisedTable } from '../../functions/adapters/advised-table.ts';
import { CustomerTable } from '../../functions/adapters/customer-table.ts';
import { disposalBy } from '../../functions/adapters/disposal.ts';
import { HistoryTable } from '../../functions/adapters/history-store.ts';
import { OutcomeTable } from '../../functions/adapters/outcome-table.ts';
import { SaleTable } from '../../functions/adapters/sale-table.ts';
import { isSaleToCustomer } from '../../functions/customers/deal.ts';
import type { Group } from '../../functions/group/group.ts';
import { saleFact, visitFact } from '../../functions/ledger/history-facts.ts';
import { keepFacts } from '../../functions/outbox/keep-facts.ts';
import { keepNoContact } from '../../functions/outbox/keep-no-contact.ts';
import { DEMO_GROUP } from '../../lib/group-file.ts';
import { type HistoryImport, type Imported, importHistory, type RejectedLine } from '../history/import.ts';
import { keepCard } from '../history/keep-card.ts';
import type { Past } from '../history/read-line.ts';
import { newCommand } from '../lib/command-line.ts';
import { addressesOf, erasuresOf, keyOf } from '../lib/customer-key.ts';
import { day } from '../lib/dates.ts';
import { requireFile } from '../lib/files.ts';
import { type GroupChoice, groupOf, readGroup, withGroup } from '../lib/group.ts';
import { complain, say, sayJson } from '../lib/output.ts';
import { exitCodes } from '../lib/problem.ts';
import { withProgress } from '../lib/progress.ts';
import { resolveTarget, type Target, type TargetChoice, withTarget } from '../lib/target.ts';

interface Options extends TargetChoice, GroupChoice {
  readonly check?: boolean;
  readonly today?: string;
  readonly json?: boolean;
}

export const build = (): Command =>
  withTarget(
    withGroup(
      newCommand({
        name: 'import-history',
        summary:
          'Fill the history from a file of past visits and sales, so that long-term customers are known on day one',
        more: `One visit or sale a line: the detail of a service-visit-completed or vehicle-sold event, or the whole event; see
docs/events.md, docs/operations.md, samples/history.jsonl and samples/sales.jsonl. The ledger of outcomes has them, too, and each customer's card and the
list of their advisor, but for a table that is named without its --customer-key. Nobody gets an email about them. A bad line is reported, and kept in <file>.rejects to be corrected and imported again. Importing a file
again changes nothing. Exits with 1 when lines were rejected.`,
        examples: [
          'npm run import-history -- visits.jsonl --check',
          'npm run import-history -- sales.jsonl --stack handoff-<name> --group groups/<name>.json',
          'npm run import-history -- visits.jsonl --stack handoff-<name> --group groups/<name>.json',
          'npm run import-history -- samples/history.jsonl --today 2026-11-20',
        ],
      }),
    ),
  )
    .argument('<file>', 'past visits and sales, one a line')
    .option('--check', 'read the file and write nothing')
    .addOption(
      new Option(
        '--today <date>',
        'the day that is today in the file: all dates move by the same days (for samples)',
      ).argParser(day('--today')),
    )
    .option('--json', 'the counts as JSON')
    .action(run);

const REJECTED_LINES_SHOWN = 20;

async function run(file: string, { check = false, today, json = false, ...choice }: Options): Promise<void> {
  requireFile(file);
  const target = check ? undefined : await resolveTarget(choice);
  const group = target ? groupOf(target, choice) : readGroup(choice.group ?? DEMO_GROUP);
  if (target && !json) say(`${file} for ${target.where}:`);
  const imported = await importFile(file, {
    ...{ keepRejects: target !== undefined, isQuiet: json, group },
    shift: today === undefined ? undefined : { today, now: nowOf(target) },
    record: recorderOf(target, group),
  });
  if (json) sayJson(imported);
  else say(`${countsOf(imported)} ${target ? 'recorded' : 'good'}, ${imported.rejected} rejected`);
  if (imported.rejected > 0) process.exitCode = exitCodes.wrong;
}

const countsOf = ({ visits, sales }: Imported): string =>
  sales === 0 ? `${visits} visits` : `${visits} visits and ${sales} sales`;

const nowOf = (target: Target | undefined) => Date.parse(target?.now ?? new Date().toISOString());

function recorderOf(target: Target | undefined, group: Group): HistoryImport['record'] {
  if (!target) return async () => undefined;
  const disposeAt = disposalBy(group.retention);
  const history = new HistoryTable(target.dynamodb, target.tableName, disposeAt);
  const sales = new SaleTable(target.dynamodb, target.tableName, { now: () => target.now }, disposeAt);
  const erasures = erasuresOf(target);
  const addresses = addressesOf(target, group);
  const keepFact = factKeeper(target, group);
  const keepCustomer = cardKeeper(target, group);
  // A line about a customer who was erased since must not be stored again.
  return async (past) => {
    const fact = past.is === 'visit' ? past.visit : past.sale;
    // Stored only as hashes, so an opt-out outlives an erasure.
    await keepNoContact({ addresses }, past.said);
    if (await erasures.covers(fact, fact.occurredAt)) return;
    if (past.is === 'visit') await history.record(past.visit);
    else await sales.record(past.sale);
    await keepFact(past);
    await keepCustomer(past);
  };
}

/** Cards are found by keyed hashes, so without the key none are written. */
function cardKeeper(target: Target, group: Group): (past: Past) => Promise<void> {
  if (!target.outputs.has('CustomerKeyArn')) return async () => undefined;
  const { dynamodb, tableName, now } = target;
  const [customerKey, disposeAt] = [keyOf(target), disposalBy(group.retention)];
  const services = {
    ...{ group, customerKey, clock: { now: () => now } },
    customers: new CustomerTable(dynamodb, tableName, customerKey, disposeAt),
    advised: new AdvisedTable(dynamodb, tableName, disposeAt),
  };
  return (past) => keepCard(services, past);
}

/**
 * The ledger's file of a past month is rewritten the next night. Without the key there are no pseudonyms, so no facts
 * are stored.
 */
function factKeeper(target: Target, group: Group): (past: Past) => Promise<void> {
  if (!target.outputs.has('CustomerKeyArn')) return async () => undefined;
  const { dynamodb, tableName, now } = target;
  const outcomes = new OutcomeTable(dynamodb, tableName, disposalBy(group.retention));
  const services = { group, outcomes, customerKey: keyOf(target), clock: { now: () => now } };
  return async (past) => {
    if (past.is === 'sale' && !isSaleToCustomer(past.sale)) return;
    const fact = past.is === 'visit' ? visitFact(past.visit) : saleFact(past.sale);
    await keepFacts(services, [{ fact }]);
  };
}

type Asked = Pick<HistoryImport, 'group' | 'shift' | 'record'> & {
  readonly keepRejects: boolean;
  readonly isQuiet: boolean;
};

async function importFile(file: string, { keepRejects, isQuiet, ...asked }: Asked): Promise<Imported> {
  const rejects = rejectsOf(keepRejects ? `${file}.rejects` : undefined, isQuiet ? complain : say);
  try {
    return await withProgress(`Importing ${file}`, (tell) =>
      importHistory({
        ...asked,
        writtenAt: statSync(file).mtime.toISOString(),
        lines: createInterface({
          input: createReadStream(file, 'utf8'),
          crlfDelay: Number.POSITIVE_INFINITY,
        }),
        reject: rejects.add,
        progress: (read) => tell(`${read} lines read`),
      }),
    );
  } finally {
    await rejects.close();
  }
}

/** Keeps rejected lines unchanged, so that they can be corrected and imported by themselves. */
function rejectsOf(name: string | undefined, tell: (line: string) => void) {
  let kept: WriteStream | undefined;
  let count = 0;
  return {
    add: ({ number, text, reason }: RejectedLine) => {
      if (name !== undefined) {
        kept ??= createWriteStream(name);
        kept.write(`${text}\n`);
      }
      count += 1;
      if (count <= REJECTED_LINES_SHOWN) tell(`  line ${number}: ${reason}`);
    },
    close: async () => {
      if (count > REJECTED_LINES_SHOWN) tell(`  and ${count - REJECTED_LINES_SHOWN} more`);
      if (!kept) return;
      kept.end();
      await finished(kept);
      tell(`rejected lines are kept in ${name}`);
    },
  };
}
