import type { Command } from 'commander';
import type { KeptRefusal } from '../../functions/adapters/looked-at.ts';
import { readKept } from '../dead-letters/kept.ts';
import { newCommand, wrongUsage } from '../lib/command-line.ts';
import { say, sayJson } from '../lib/output.ts';
import { resolveTarget, type Target, type TargetChoice, withTarget } from '../lib/target.ts';
import { refusalLines } from '../tasks/story.ts';
import { build as buildRedrive } from './redrive.ts';

interface Options extends TargetChoice {
  readonly json?: boolean;
}

export const build = (): Command =>
  newCommand({
    name: 'dead-letters',
    summary: 'The events that were refused or failed: list them and put them back',
    examples: ['npm run dead-letters', 'npm run dead-letters -- list --json', 'npm run redrive -- --all'],
  })
    .addCommand(buildList(), { isDefault: true })
    .addCommand(buildRedrive());

const buildList = () =>
  withTarget(
    newCommand({
      name: 'list',
      summary: 'List what was refused or failed, oldest first',
      examples: ['npm run dead-letters', 'npm run dead-letters -- --json'],
    }),
  )
    .option('--json', 'the list with the whole events as JSON')
    .allowExcessArguments()
    .action(list);

async function list({ json = false, ...choice }: Options, command: Command): Promise<void> {
  // It is the default, so a mistyped command arrives here.
  const [unknown] = command.args;
  if (unknown !== undefined) wrongUsage(command, `Unknown command '${unknown}'. Expected list or redrive.`);
  const target = await resolveTarget(choice);
  const kept = await readKept(target);
  if (json) sayJson(kept);
  else say(...inWords(kept, target));
}

function inWords(kept: readonly KeptRefusal[], { where }: Target): string[] {
  if (kept.length === 0) return [`No dead letters: ${where} could work on everything.`];
  const entries = kept.flatMap((one) => [
    ...refusalLines(one).map((line, at) => (at === 0 ? line : `  ${line}`)),
    '',
  ]);
  return [...entries, `${kept.length} kept. Fixed at the source? Send it again, or: npm run redrive -- ID`];
}
