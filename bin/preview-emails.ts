import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { html } from '../functions/emails/html.ts';
import type { Email } from '../functions/emails/message.ts';
import {
  bare,
  casesOf,
  dayCasesOf,
  hostile,
  hostileNames,
  ordinary,
  spanish,
  type World,
  write,
  writeDay,
} from '../test/support/email-fixtures.ts';
import { orHelp } from './help.ts';

const help = `npm run preview-emails -- [--out DIR]
Writes every message, as HTML and as plain text, to a folder, for people who edit them. Open index.html there. Nothing
is sent, and nobody in it exists.

  --out DIR   the folder (default .local/emails)`;

const { values } = orHelp(help, () =>
  parseArgs({ options: { out: { type: 'string', default: '.local/emails' } } }),
);

const worlds = {
  ordinary,
  spanish,
  bare,
  markup: hostile(hostileNames.markup),
  arabic: hostile(hostileNames.arabic),
  long: hostile(hostileNames.long),
};

mkdirSync(values.out, { recursive: true });
function allOf(facts: World): { name: string; variant: string; email: Email }[] {
  return [
    ...casesOf(facts).map((one) => ({ name: one.name, variant: one.variant, email: write(one) })),
    ...dayCasesOf(facts).map((one) => ({ name: one.name, variant: one.variant, email: writeDay(one) })),
  ];
}

const written = Object.entries(worlds).flatMap(([world, facts]) =>
  allOf(facts).map(({ email, ...one }) => {
    const file = `${world}--${one.name}--${one.variant.replace(/[^a-z]+/g, '-')}`;
    writeFileSync(join(values.out, `${file}.html`), email.html);
    writeFileSync(join(values.out, `${file}.txt`), `Subject: ${email.subject}\n\n${email.text}`);
    for (const { fileName, content } of email.attachments ?? []) {
      writeFileSync(join(values.out, `${file}--${fileName}`), content);
    }
    return html`<li><a href="${file}.html">${world}: ${one.name}, ${one.variant}</a> (<a href="${file}.txt">text</a>) ${email.subject}</li>\n`;
  }),
);
writeFileSync(
  join(values.out, 'index.html'),
  html`<!doctype html><html lang="en"><meta charset="utf-8"><title>All messages</title><ul>${written}</ul></html>\n`.toString(),
);
console.log(`${written.length} messages in ${values.out}/index.html`);
