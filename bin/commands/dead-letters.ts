import type { Command } from 'commander';
import type { KeptRefusal } from '../../functions/adapters/readable-item.ts';
import { choose, requireChoice } from '../dead-letters/choose.ts';
import { readKept, takeOff } from '../dead-letters/kept.ts';
import { groupLines, groupsOf, refusalLines, subjectOf } from '../dead-letters/words.ts';
import { newCommand, wrongUsage } from '../lib/command-line.ts';
import { say, sayJson } from '../lib/output.ts';
import { resolveTarget, type Target, type TargetChoice, withTarget } from '../lib/target.ts';
import { build as buildRedrive } from './redrive.ts';

interface Options extends TargetChoice {
  readonly each?: boolean;
  readonly json?: boolean;
}

interface ForgetOptions extends TargetChoice {
  readonly allLike?: string;
  readonly json?: boolean;
}

export const build = (): Command =>
  newCommand({
    name: 'dead-letters',
    summary: 'The events that were refused or failed: list them, put them back, or forget them',
    examples: ['npm run dead-letters', 'npm run dead-letters -- list --json', 'npm run redrive -- --all'],
  })
    .addCommand(buildList(), { isDefault: true })
    .addCommand(buildForget())
    .addCommand(buildRedrive());

const buildList = () =>
  withTarget(
    newCommand({
      name: 'list',
      summary: 'List what was refused or failed, oldest first, equal reasons together',
      examples: ['npm run dead-letters', 'npm run dead-letters -- --each', 'npm run dead-letters -- --json'],
    }),
  )
    .option('--each', 'every event by itself')
    .option('--json', 'every event as JSON, as it came')
    .allowExcessArguments()
    .action(list);

const buildForget = () =>
  withTarget(
    newCommand({
      name: 'forget',
      summary: 'Take events off the list without putting them back',
      more: 'For what the sender has corrected since, or what was never meant for this bus. It cannot be undone.',
      examples: [
        'npm run dead-letters -- forget 7bf73129-1428-4cd3-a780-95db273d1602',
        'npm run dead-letters -- forget --all-like 7bf73129-1428-4cd3-a780-95db273d1602',
      ],
    }),
  )
    .argument('[ids...]', 'ids from the list')
    .option('--all-like <id>', 'this one and all of its kind that are here for the same reason')
    .option('--json', 'the forgotten ids as JSON')
    .action(forget);

async function list({ each = false, json = false, ...choice }: Options, command: Command): Promise<void> {
  // `list` is the default, so a mistyped command arrives here.
  const [unknown] = command.args;
  if (unknown !== undefined)
    wrongUsage(command, `Unknown command '${unknown}'. Expected list, forget or redrive.`);
  const target = await resolveTarget(choice);
  const kept = await readKept(target);
  if (json) sayJson(kept.map((letter) => ({ ...letter, ...subjectOf(letter) })));
  else say(...inWords(kept, target, each));
}

function inWords(kept: readonly KeptRefusal[], { where }: Target, each: boolean): string[] {
  if (kept.length === 0) return [`No dead letters: ${where} could work on everything.`];
  const entries = each ? kept.map(indented) : groupsOf(kept).map(groupLines);
  return [
    ...entries.flatMap((lines) => [...lines, '']),
    `${kept.length} kept. Fixed at the source? Send it again, or: npm run redrive -- ID. Not needed any more?`,
    'npm run dead-letters -- forget ID, or forget --all-like ID',
  ];
}

const indented = (letter: KeptRefusal) =>
  refusalLines(letter).map((line, at) => (at === 0 ? line : `  ${line}`));

async function forget(
  ids: string[],
  { allLike, json = false, ...choice }: ForgetOptions,
  command: Command,
): Promise<void> {
  requireChoice({ ids, allLike }, command);
  const target = await resolveTarget(choice);
  const chosen = choose(await readKept(target), { ids, allLike });
  for (const letter of chosen) {
    await takeOff(target, letter.id);
    if (!json) say(`${letter.id}: forgotten, ${letter.detailType}${about(letter)}`);
  }
  if (json) sayJson(chosen.map(({ id }) => id));
}

function about(letter: KeptRefusal): string {
  const { storeId, fact } = subjectOf(letter);
  return [fact && ` of ${fact}`, storeId && ` at ${storeId}`].filter((part) => part !== undefined).join('');
}
