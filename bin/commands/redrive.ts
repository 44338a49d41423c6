import type { Command } from 'commander';
import { choose, requireChoice } from '../dead-letters/choose.ts';
import { readKept } from '../dead-letters/kept.ts';
import { putBack, type SentBack } from '../dead-letters/redrive.ts';
import { newCommand } from '../lib/command-line.ts';
import { type GroupChoice, knownGroupOf, withGroup } from '../lib/group.ts';
import { say, sayJson } from '../lib/output.ts';
import { exitCodes } from '../lib/problem.ts';
import { resolveTarget, type TargetChoice, withTarget } from '../lib/target.ts';

interface Options extends TargetChoice, GroupChoice {
  readonly all?: boolean;
  readonly allLike?: string;
  readonly anyway?: boolean;
  readonly json?: boolean;
}

export const build = (): Command =>
  withTarget(
    withGroup(
      newCommand({
        name: 'redrive',
        summary: 'Put dead letters back, and take them off the list',
        more: `What failed in a function, or on the way to it, is given to that function again; what was refused goes back on the bus,
unless its contract would refuse it again. What was done already is found done: putting an event back is always safe.
Exits with 1 when one stays on the list.`,
        examples: [
          'npm run redrive -- --all',
          'npm run redrive -- 7bf73129-1428-4cd3-a780-95db273d1602',
          'npm run redrive -- --all-like 7bf73129-1428-4cd3-a780-95db273d1602 --anyway',
        ],
      }),
    ),
  )
    .argument('[ids...]', 'ids from the list of "npm run dead-letters"')
    .option('--all', 'everything on the list')
    .option('--all-like <id>', 'this one and all of its kind that are here for the same reason')
    .option('--anyway', 'also what its contract here would refuse again: the deployed release may be another')
    .option('--json', 'what became of each as JSON')
    .action(redrive);

async function redrive(ids: string[], options: Options, command: Command): Promise<void> {
  const { all, allLike, anyway = false, json = false, group: file, ...choice } = options;
  requireChoice({ ids, all, allLike }, command);
  const target = await resolveTarget(choice);
  const group = knownGroupOf(target, { group: file });
  const chosen = choose(await readKept(target), { ids, all, allLike });
  const outcomes: ({ readonly id: string } & SentBack)[] = [];
  for (const letter of chosen) {
    const sent = await putBack(letter, target, { group, anyway });
    outcomes.push({ id: letter.id, ...sent });
    if (!json) say(`${letter.id}: ${'stays' in sent ? `stays on the list: ${sent.stays}` : sent.went}`);
  }
  const staying = outcomes.filter((outcome) => 'stays' in outcome).length;
  if (staying > 0) process.exitCode = exitCodes.wrong;
  if (json) sayJson(outcomes);
  else if (chosen.length === 0) say(`No dead letters: ${target.where} could work on everything.`);
  else if (chosen.length > 1) say(`${chosen.length - staying} put back, ${staying} stay`);
}
