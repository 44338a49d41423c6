import type { Command } from 'commander';
import type { KeptRefusal } from '../../functions/adapters/looked-at.ts';
import { readKept } from '../dead-letters/kept.ts';
import { putBack } from '../dead-letters/redrive.ts';
import { newCommand, wrongUsage } from '../lib/command-line.ts';
import { say, sayJson } from '../lib/output.ts';
import { exitCodes, Problem } from '../lib/problem.ts';
import { resolveTarget, type TargetChoice, withTarget } from '../lib/target.ts';

interface Options extends TargetChoice {
  readonly all?: boolean;
  readonly json?: boolean;
}

export const build = (): Command =>
  withTarget(
    newCommand({
      name: 'redrive',
      summary: 'Put dead letters back, and take them off the list',
      more: `What failed in a function, or on the way to it, is given to that function again; what was refused goes back on the bus.
What was done already is found done: putting an event back is always safe. Exits with 1 when one stays on the list.`,
      examples: ['npm run redrive -- --all', 'npm run redrive -- 7bf73129-1428-4cd3-a780-95db273d1602'],
    }),
  )
    .argument('[ids...]', 'ids from the list of "npm run dead-letters"')
    .option('--all', 'everything on the list')
    .option('--json', 'what became of each as JSON')
    .action(redrive);

async function redrive(ids: string[], options: Options, command: Command): Promise<void> {
  const { all = false, json = false, ...choice } = options;
  if (!all && ids.length === 0) wrongUsage(command, 'Which? Expected ids from the list, or --all.');
  const target = await resolveTarget(choice);
  const chosen = chosenOf(await readKept(target), ids, all);
  const outcomes: object[] = [];
  for (const one of chosen) {
    const sent = await putBack(one, target);
    outcomes.push({ id: one.id, ...sent });
    if ('stays' in sent) process.exitCode = exitCodes.wrong;
    if (!json) say(`${one.id}: ${'stays' in sent ? `stays on the list: ${sent.stays}` : sent.went}`);
  }
  if (json) sayJson(outcomes);
  else if (chosen.length === 0) say(`No dead letters: ${target.where} could work on everything.`);
}

function chosenOf(
  kept: readonly KeptRefusal[],
  ids: readonly string[],
  all: boolean,
): readonly KeptRefusal[] {
  const missing = ids.filter((id) => !kept.some((one) => one.id === id));
  if (missing.length > 0) throw new Problem(`Not on the list: ${missing.join(', ')}`);
  return all ? kept : kept.filter(({ id }) => ids.includes(id));
}
