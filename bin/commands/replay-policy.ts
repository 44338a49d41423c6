import { type Command, Option } from 'commander';
import { readBy } from '../../functions/contracts/problems.ts';
import { findStore, type Group } from '../../functions/group/group.ts';
import { type NudgePolicy, nudgePolicy, resolveNudgePolicy } from '../../functions/group/nudge-policy.ts';
import { explain } from '../../functions/readiness/assess.ts';
import { type ReplayedOrder, type ReplayRow, replayPolicy } from '../../functions/readiness/replay-policy.ts';
import { readPast } from '../history/past-decisions.ts';
import { newCommand } from '../lib/command-line.ts';
import { day } from '../lib/dates.ts';
import { readJson } from '../lib/files.ts';
import { readGroup, refuseOtherGroup } from '../lib/group.ts';
import { say, sayJson } from '../lib/output.ts';
import { Problem } from '../lib/problem.ts';
import { withProgress } from '../lib/progress.ts';
import { table } from '../lib/table.ts';
import { resolveTarget, type TargetChoice, withTarget } from '../lib/target.ts';

interface Options extends TargetChoice {
  readonly policy: string;
  readonly from?: string;
  readonly to?: string;
  readonly group?: string;
  readonly json?: boolean;
}

const dayOption = (name: string, says: string) =>
  new Option(`--${name} <date>`, says).argParser(day(`--${name}`));

export const build = (): Command =>
  withTarget(
    newCommand({
      name: 'replay-policy',
      summary: 'Show who would have been nudged under another policy, beside who was',
      more: 'Runs the decisions of the past against the policy, per store, day and person. It changes nothing.',
      examples: [
        'npm run replay-policy -- --policy other.json',
        'npm run replay-policy -- --policy other.json --from 2026-11-01 --to 2026-11-30 --json',
      ],
    }),
  )
    .requiredOption(
      '--policy <file>',
      'the "nudge" object of a group\'s file; what is left out is at its default',
    )
    .addOption(dayOption('from', "the first day, on the store's calendar"))
    .addOption(dayOption('to', "the last day, on the store's calendar"))
    .option(
      '--group <file>',
      "the stores' own values of this file stay in force; left out, the policy holds for every store",
    )
    .option('--json', 'every order with its assessment as JSON')
    .action(replay);

async function replay({ policy: file, from, to, group, json, ...choice }: Options): Promise<void> {
  const stores = group === undefined ? undefined : readGroup(group);
  const policyOf = policiesOf(readPolicy(file), stores);
  const target = await resolveTarget(choice);
  if (group !== undefined && stores) refuseOtherGroup(target, stores, group);
  const past = await withProgress('Reading the decisions', (tell) => readPast(target, tell));
  const rows = replayPolicy(past, policyOf, { from, to });
  if (json) sayJson(rows);
  else say(...inWords(rows));
}

function readPolicy(file: string): NudgePolicy {
  const read = readBy(nudgePolicy, readJson(file));
  if (read.ok) return read.value;
  const lines = read.problems.map(({ path, message }) => `  ${path || '(file)'}: ${message}`);
  throw new Problem(`The policy ${file} is refused:\n${lines.join('\n')}`);
}

/** A store's own values may contradict the other policy; that is reported before anything is replayed. */
function policiesOf(policy: NudgePolicy, group: Group | undefined): (storeId: string) => NudgePolicy {
  for (const store of group?.stores ?? []) {
    const [problem] = resolveNudgePolicy(policy, store.nudge).problems;
    if (problem)
      throw new Problem(`With the store ${store.id} the policy contradicts itself: ${problem.message}`);
  }
  return (storeId) => resolveNudgePolicy(policy, group && findStore(group, storeId)?.nudge).policy;
}

function inWords(rows: readonly ReplayRow[]): string[] {
  if (rows.length === 0) return ['No decisions were made in that time.'];
  const sum = (count: (row: ReplayRow) => number) =>
    String(rows.reduce((total, row) => total + count(row), 0));
  const cells = [
    ['store', 'day', 'person', 'quotes', 'nudged', 'would be', 'over the cap'],
    ...rows.map(({ storeId, on, person, orders, happened, would, overCap }) => [
      ...[storeId, on, person ?? '(nobody)'],
      ...[orders.length, happened, would, overCap].map(String),
    ]),
    [
      ...['all', '', ''],
      ...[sum(({ orders }) => orders.length), sum(({ happened }) => happened)],
      ...[sum(({ would }) => would), sum(({ overCap }) => overCap)],
    ],
  ];
  return [...table(cells, { right: NUMBERS }), '', ...differences(rows)];
}

/** The columns with numbers: quotes, nudged, would be, over the cap. */
const NUMBERS = [3, 4, 5, 6];

/** The orders that would have been decided differently, each with the reason: what a policy is judged by. */
function differences(rows: readonly ReplayRow[]): string[] {
  const lines = rows.flatMap(({ storeId, orders }) =>
    orders.filter(isDifferent).map((order) => `  ${storeId} ${order.roNumber}: ${differenceOf(order)}`),
  );
  return lines.length === 0
    ? ['No order would have been decided differently.']
    : ['What would be different:', ...lines];
}

const isDifferent = ({ happened, would }: ReplayedOrder) => happened !== (would === 'nudged');

function differenceOf({ happened, would, assessment }: ReplayedOrder): string {
  const { decision } = explain(assessment);
  if (would === 'over the cap') return `Sales was notified; would be over the cap of the person. ${decision}`;
  return `${happened ? 'Sales was notified, would not be' : 'Sales was not notified, would be'}. ${decision}`;
}
