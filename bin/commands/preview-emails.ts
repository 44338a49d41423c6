import type { Command } from 'commander';
import { newCommand } from '../lib/command-line.ts';
import { runScript } from '../lib/scripts.ts';

export const build = (): Command =>
  newCommand({
    name: 'preview-emails',
    summary: 'Show every message and its page on one web page, for the people who edit them',
    more: [
      'Phone and desktop, light and dark, images off, plain text, English and Spanish. Open index.html there.',
      'Nothing is sent, and nobody in it exists. --pictures takes the pictures of docs/emails.md with Chromium.',
    ].join('\n'),
    examples: [
      'npm run preview-emails',
      'npm run preview-emails -- --out /tmp/emails',
      'npm run preview-emails -- --pictures',
    ],
  })
    .option('--out <folder>', 'where to write them', '.local/emails')
    .option('--pictures [folder]', 'also take the pictures of the documentation')
    .action(async ({ out, pictures }: Options) => {
      const folder = pictures === true ? 'docs/pictures' : pictures;
      const taken = folder === undefined ? [] : ['--pictures', folder];
      process.exitCode = await runScript('test/support/emails/command.ts', '--out', out, ...taken);
    });

interface Options {
  readonly out: string;
  readonly pictures?: string | true;
}
