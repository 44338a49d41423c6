/** What another policy would have done with the past: who would have been nudged, beside what happened. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { readBy } from '../functions/contracts/problems.ts';
import { findStore, type Group } from '../functions/domain/group.ts';
import { type NudgePolicy, nudgePolicy, resolveNudgePolicy } from '../functions/domain/nudge-policy.ts';
import { explain } from '../functions/domain/readiness.ts';
import { type ReplayedOrder, type ReplayRow, replayPolicy } from '../functions/domain/replay-policy.ts';
import { readGroupFile } from '../lib/group-file.ts';
import { messageOf } from '../local/problem.ts';
import { readPast } from './past-decisions.ts';
import { refuseOtherGroup, resolveTarget, targetHelp, targetOptions } from './target.ts';

const help = `npm run replay-policy -- --policy other.json [--from 2026-11-01] [--to 2026-11-30] [--json]
Runs the decisions of the past against another policy and shows, per store, day and person, who would have been nudged
beside who was. It changes nothing.

  --policy FILE  the "nudge" object of a group's file; what is left out is at its default
  --from, --to   the first and the last day, on the store's calendar
  --group FILE   the stores' own values of this file stay in force; left out, the policy holds for every store
  --json         every order with its assessment, for a program
${targetHelp}`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { ...targetOptions, policy: text, from: text, to: text, group: text, json: flag, help: flag },
  });
  const { policy: file, from, to, group, json, help: wantsHelp, ...choice } = values;
  if (wantsHelp || file === undefined) {
    console.log(help);
    return;
  }
  const stores = group === undefined ? undefined : readGroupFile(group).group;
  const policyOf = policiesOf(readPolicy(file), stores);
  const range = { from: readDay(from, '--from'), to: readDay(to, '--to') };
  const target = await resolveTarget(choice);
  if (group !== undefined && stores) refuseOtherGroup(target, stores, group);
  const rows = replayPolicy(await readPast(target), policyOf, range);
  console.log(json ? JSON.stringify(rows, null, 2) : inWords(rows));
}

function readPolicy(file: string): NudgePolicy {
  const read = readBy(nudgePolicy, readJson(file));
  if (read.ok) return read.value;
  const lines = read.problems.map(({ path, message }) => `  ${path || '(file)'}: ${message}`);
  throw new Error(`The policy ${file} is refused:\n${lines.join('\n')}`);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`The policy ${file} cannot be read: ${messageOf(error)}`);
  }
}

function readDay(given: string | undefined, option: string): string | undefined {
  if (given === undefined) return undefined;
  const read = z.iso.date().safeParse(given);
  if (!read.success) throw new Error(`${option}: expected a date such as 2026-11-20, got ${given}`);
  return read.data;
}

/** A store's own values may contradict the other policy: that is told before anything is replayed. */
function policiesOf(policy: NudgePolicy, group: Group | undefined): (storeId: string) => NudgePolicy {
  for (const store of group?.stores ?? []) {
    const [problem] = resolveNudgePolicy(policy, store.nudge).problems;
    if (problem)
      throw new Error(`With the store ${store.id} the policy contradicts itself: ${problem.message}`);
  }
  return (storeId) => resolveNudgePolicy(policy, group && findStore(group, storeId)?.nudge).policy;
}

function inWords(rows: readonly ReplayRow[]): string {
  if (rows.length === 0) return 'No decisions were made in that time.';
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
  return [...table(cells), '', ...differences(rows)].join('\n');
}

function table(cells: readonly (readonly string[])[]): string[] {
  const widths = (cells[0] ?? []).map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)));
  const isNumber = (at: number) => at > 2;
  return cells.map((row) =>
    row
      .map((cell, at) => (isNumber(at) ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

/** Each order that would have gone otherwise, with the reason: what a policy is judged by. */
function differences(rows: readonly ReplayRow[]): string[] {
  const lines = rows.flatMap(({ storeId, orders }) =>
    orders.filter(isDifferent).map((order) => `  ${storeId} ${order.roNumber}: ${differenceOf(order)}`),
  );
  return lines.length === 0
    ? ['Nobody would have been told otherwise.']
    : ['What would be different:', ...lines];
}

const isDifferent = ({ happened, would }: ReplayedOrder) => happened !== (would === 'nudged');

function differenceOf({ happened, would, assessment }: ReplayedOrder): string {
  const { decision } = explain(assessment);
  if (would === 'over the cap') return `was told of, would be over the cap of the person. ${decision}`;
  return `${happened ? 'was told of, would not be' : 'was not told of, would be'}. ${decision}`;
}

await main().catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = 1;
});
