import { Argument, type Command } from 'commander';
import { newCommand } from '../lib/command-line.ts';
import { type Shell, shells, writeCompletion } from '../lib/completion.ts';
import { sayContent } from '../lib/output.ts';

export const build = (wholeProgram: () => Promise<Command>): Command =>
  newCommand({
    name: 'completion',
    summary: 'Print a script with which a shell completes commands and options',
    more: 'It completes the command "handoff": npm link puts it on the PATH.',
    examples: [
      'npm run --silent completion -- bash > ~/.local/share/bash-completion/completions/handoff',
      'npm run --silent completion -- zsh > ~/.zfunc/_handoff',
    ],
  })
    .addArgument(new Argument('<shell>', 'which shell').choices(shells))
    .action(async (shell: Shell) => {
      sayContent(writeCompletion(await wholeProgram(), shell));
    });
