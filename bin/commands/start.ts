import type { Command } from 'commander';
import { newCommand } from '../lib/command-line.ts';
import { runScript } from '../lib/scripts.ts';

export const build = (): Command =>
  newCommand({
    name: 'start',
    summary: 'Run a whole dealer group on this machine: the stack that would be deployed, on embedded parts',
    more: 'The options are those of "npm start": see npm start -- --help.',
    examples: ['npm start', 'npm start -- --group groups/<name>.json --fresh'],
  })
    .argument('[start-options...]', 'options of "npm start"')
    .allowUnknownOption()
    .action(async (options: string[]) => {
      process.exitCode = await runScript('bin/local.ts', ...options);
    });
