import { availableParallelism } from 'node:os';
import { type Command, Option } from 'commander';
import { newCommand, wholeNumber } from '../lib/command-line.ts';
import { runScript } from '../lib/scripts.ts';

interface Options {
  readonly runs: number;
  readonly seed: number;
  readonly workers: number;
  readonly json?: true;
}

const number = (name: string, says: string, least: number, usual: number) =>
  new Option(`--${name} <n>`, says).default(usual).argParser(wholeNumber(`--${name}`, least));

export const build = (): Command =>
  newCommand({
    name: 'simulate',
    summary: 'Play many runs of the whole system on simulated AWS, with faults',
    more: `Every run has a seed of its own, counted from --seed, and does what its seed says. The first run that breaks a promise
is played again with the history of its calls; --seed N --runs 1 does the same once more.`,
    examples: ['npm run simulate -- --runs 10000 --seed 7', 'npm run simulate -- --seed 904785 --runs 1'],
  })
    .addOption(number('runs', 'how many runs', 1, 1_000))
    .addOption(number('seed', 'the seed of the first run', 0, 1))
    .addOption(number('workers', 'how many runs at the same time', 1, availableParallelism()))
    .option('--json', 'the sums and the failed seeds as JSON')
    .action(async ({ runs, seed, workers, json }: Options) => {
      const format = json ? 'json' : 'text';
      process.exitCode = await runScript(
        'test/simulation/command.ts',
        ...[runs, seed, workers, format].map(String),
      );
    });
