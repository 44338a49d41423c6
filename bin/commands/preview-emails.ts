import type { Command } from 'commander';
import { newCommand } from '../lib/command-line.ts';
import { runScript } from '../lib/scripts.ts';

export const build = (): Command =>
  newCommand({
    name: 'preview-emails',
    summary: 'Write every message to a folder, for the people who edit them',
    more: 'As HTML and as plain text. Open index.html there. Nothing is sent, and nobody in it exists.',
    examples: ['npm run preview-emails', 'npm run preview-emails -- --out /tmp/emails'],
  })
    .option('--out <folder>', 'where to write them', '.local/emails')
    .action(async ({ out }: { readonly out: string }) => {
      process.exitCode = await runScript('test/support/emails/command.ts', out);
    });
