import { writeFileSync } from 'node:fs';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import type { Command } from 'commander';
import { OWN_SOURCE } from '../../functions/contracts/contract.ts';
import { addDays } from '../../functions/group/business-time.ts';
import type { Group } from '../../functions/group/group.ts';
import type { AnyTask } from '../../functions/handoffs/kinds.ts';
import { creditCsv } from '../credit/csv.ts';
import { type CreditRow, readDealsSince, readHandoffs, rowOf, type SoldDeal } from '../credit/handoffs.ts';
import { newCommand } from '../lib/command-line.ts';
import { day } from '../lib/dates.ts';
import { type GroupChoice, groupOf, storeIn, withGroup } from '../lib/group.ts';
import { say, sayContent, sayJson } from '../lib/output.ts';
import { Problem } from '../lib/problem.ts';
import { withProgress } from '../lib/progress.ts';
import { table } from '../lib/table.ts';
import { resolveTarget, type Target, type TargetChoice, withTarget } from '../lib/target.ts';

interface Options extends TargetChoice, GroupChoice {
  readonly from?: string;
  readonly to?: string;
  readonly store?: string;
  readonly person?: string;
  readonly json?: boolean;
}

const NOTE = 'Credit is a record of facts. It holds no amount and pays nobody: some states forbid it.';

export const build = (): Command =>
  newCommand({
    name: 'credit',
    summary: 'Which sales followed from which handoffs: list, export, look again',
    more: NOTE,
    examples: [
      'npm run credit -- list --from 2026-11-01 --store lakeshore-honda',
      'npm run credit -- export credit.csv --person 2031',
      'npm run credit -- match --from 2026-11-01',
    ],
  })
    .addCommand(
      asking('list', 'Show who handed over, who took it and what was sold', 'npm run credit -- list --json')
        .option('--json', 'all of it as JSON')
        .action(list),
    )
    .addCommand(
      asking(
        'export',
        'Write the same to a CSV file, or to the screen',
        'npm run credit -- export credit.csv',
      )
        .argument('[file]', 'where to write it (default: the screen)')
        .option('--json', 'as JSON')
        .action(exportFile),
    )
    .addCommand(
      asking(
        'match',
        'Look again for the sales that follow from handoffs',
        'npm run credit -- match --from 2026-11-01',
        'Needed only for handoffs of a release before 2026-12, and after the window in the group’s file was changed.',
      )
        .option('--json', 'the handoffs that are looked at again, as JSON')
        .action(match),
    );

const asking = (name: string, summary: string, example: string, more = NOTE): Command =>
  withTarget(
    withGroup(
      newCommand({ name, summary, more: `${more}\nThe whole table is looked through.`, examples: [example] }),
    ),
  )
    .option('--from <date>', 'handed over on that day or later (default: 180 days ago)', day('--from'))
    .option('--to <date>', 'handed over on that day or earlier (default: today)', day('--to'))
    .option('--store <id>', 'at one store')
    .option('--person <number>', 'an employee number: who handed over, or who took it');

async function list(options: Options): Promise<void> {
  const { rows } = await read(options);
  if (options.json) return sayJson(rows);
  say(...(rows.length === 0 ? ['No handoff that earns credit in these days.'] : shown(rows)));
}

async function exportFile(file: string | undefined, options: Options): Promise<void> {
  const { rows } = await read(options);
  const text = options.json ? `${JSON.stringify(rows, null, 2)}\n` : creditCsv(rows);
  if (file === undefined) return sayContent(text);
  writeFileSync(file, text);
  say(`${rows.length} handoffs written to ${file}`);
}

async function match(options: Options): Promise<void> {
  const target = await resolveTarget(options);
  const { stackName } = target;
  if (stackName === undefined) throw new Problem('A table alone looks for nothing: name the stack.');
  const { handoffs, rows, since, group } = await readIn(target, options);
  for (const { taskId, storeId, kind, state } of handoffs) {
    const detail = { storeId, taskId, kind, state };
    await tellAgain(target, stackName, { id: taskId, detailType: 'handoff-task-noted', detail });
  }
  const deals =
    handoffs.length === 0
      ? []
      : await withProgress('Looking for sales', (tell) => readDealsSince(since, target, group, tell));
  for (const deal of deals) await tellOfDeal(target, stackName, deal);
  if (options.json) return sayJson(rows.map(({ handoff, store, taskId }) => ({ handoff, store, taskId })));
  const looked = handoffs.length === 1 ? '1 handoff is' : `${handoffs.length} handoffs are`;
  say(`${looked} looked at again. What is found comes in the next lists of both people.`);
}

/** Earlier releases did not note a deal's buyer, so looking at the handoff alone would not find the deal. */
const tellOfDeal = (target: Target, stackName: string, deal: SoldDeal): Promise<void> =>
  tellAgain(target, stackName, {
    id: [deal.storeId, deal.dealNumber, deal.use ?? 1].join('-'),
    detailType: 'customer-bought',
    detail: deal,
  });

interface Again {
  readonly id: string;
  readonly detailType: 'handoff-task-noted' | 'customer-bought';
  readonly detail: object;
}

/**
 * Invokes the function with an event like one from the bus. The function reads the item, so this can be repeated
 * safely.
 */
async function tellAgain(
  { lambda, now }: Target,
  stackName: string,
  { id, detailType, detail }: Again,
): Promise<void> {
  const envelope = {
    id: `credit-${id}`,
    source: OWN_SOURCE,
    'detail-type': detailType,
    time: now,
    detail: { version: 1, occurredAt: now, ...detail },
  };
  const FunctionName = `${stackName}-keep-outcomes`;
  await lambda.send(
    new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: JSON.stringify(envelope) }),
  );
}

interface Handoffs {
  readonly handoffs: readonly AnyTask[];
  readonly group: Group;
  /** The first day of the requested handoffs. */
  readonly since: string;
  readonly rows: readonly CreditRow[];
}

const read = async (options: Options): Promise<Handoffs> => readIn(await resolveTarget(options), options);

async function readIn(target: Target, options: Options): Promise<Handoffs> {
  const group = groupOf(target, options);
  const { store, person } = options;
  if (store !== undefined) storeIn(group, store);
  const today = target.now.slice(0, 10);
  const { from = addDays(today, -group.creditWithinDays), to = addDays(today, 1) } = options;
  const handoffs = await withProgress('Looking through the table', (tell) =>
    readHandoffs(target, group, { from, to, store, person }, tell),
  );
  return { handoffs, rows: handoffs.map((task) => rowOf(task, group)), group, since: from };
}

function shown(rows: readonly CreditRow[]): string[] {
  const head = ['handed over', 'store', 'handoff', 'from', 'to', 'outcome', 'credit', 'deals'];
  const lines = rows.map((row) => [
    ...[row.handedOverOn, row.store, row.handoff, row.from.map(({ number }) => number).join(' ')],
    ...[row.to?.number ?? '', row.outcome, row.credit],
    row.deals.map(({ deal, lapsed }) => `${deal.dealNumber}${lapsed ? ` (${lapsed.why})` : ''}`).join(', '),
  ]);
  return table([head, ...lines]);
}
