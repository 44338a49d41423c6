/** The tree of commands. */
import type { Command } from 'commander';
import { newCommand, PROGRAM } from './command-line.ts';

/** Most commands do not need the whole program. */
type Build = (wholeProgram: () => Promise<Command>) => Command;

const commands = {
  start: () => import('../commands/start.ts'),
  send: () => import('../commands/send.ts'),
  'check-event': () => import('../commands/check-event.ts'),
  roster: () => import('../commands/roster.ts'),
  customer: () => import('../commands/customer.ts'),
  'opt-outs': () => import('../commands/opt-outs.ts'),
  credit: () => import('../commands/credit.ts'),
  feed: () => import('../commands/feed.ts'),
  'import-history': () => import('../commands/import-history.ts'),
  trace: () => import('../commands/trace.ts'),
  why: () => import('../commands/why.ts'),
  'dead-letters': () => import('../commands/dead-letters.ts'),
  redrive: () => import('../commands/redrive.ts'),
  'replay-policy': () => import('../commands/replay-policy.ts'),
  report: () => import('../commands/report.ts'),
  'demo-year': () => import('../commands/demo-year.ts'),
  preflight: () => import('../commands/preflight.ts'),
  synth: () => import('../commands/synth.ts'),
  diff: () => import('../commands/diff.ts'),
  deploy: () => import('../commands/deploy.ts'),
  docs: () => import('../commands/docs.ts'),
  'preview-emails': () => import('../commands/preview-emails.ts'),
  simulate: () => import('../commands/simulate.ts'),
  bench: () => import('../commands/bench.ts'),
  completion: () => import('../commands/completion.ts'),
} as const satisfies Record<string, () => Promise<{ readonly build: Build }>>;

type CommandName = keyof typeof commands;

const isCommandName = (name: string): name is CommandName => name in commands;
export const commandNames: readonly CommandName[] = Object.keys(commands).filter(isCommandName);

/** The program with the given commands only: loading all of them takes a second. */
export async function newProgram(names: readonly CommandName[]): Promise<Command> {
  const program = newCommand({
    name: PROGRAM,
    summary: 'The command line of dealer-handoff',
    more: 'Each command is also an npm script: npm run <command> -- [options]. Explain one: npm run <command> -- --help',
  });
  const built = await Promise.all(
    names.map(async (name) => (await commands[name]()).build(() => newProgram(commandNames))),
  );
  for (const command of built) program.addCommand(command);
  return program;
}
