/** Writes every message to a folder: the script behind `npm run preview-emails`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { html } from '../../../functions/mail/html.ts';
import type { Email } from '../../../functions/mail/message.ts';
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
} from '../email-fixtures.ts';

const [folder = '.local/emails'] = process.argv.slice(2);

const worlds = {
  ordinary,
  spanish,
  bare,
  markup: hostile(hostileNames.markup),
  arabic: hostile(hostileNames.arabic),
  long: hostile(hostileNames.long),
};

mkdirSync(folder, { recursive: true });
function allOf(facts: World): { name: string; variant: string; email: Email }[] {
  return [
    ...casesOf(facts).map((one) => ({ name: one.name, variant: one.variant, email: write(one) })),
    ...dayCasesOf(facts).map((one) => ({ name: one.name, variant: one.variant, email: writeDay(one) })),
  ];
}

const written = Object.entries(worlds).flatMap(([world, facts]) =>
  allOf(facts).map(({ email, ...one }) => {
    const file = `${world}--${one.name}--${one.variant.replace(/[^a-z]+/g, '-')}`;
    writeFileSync(join(folder, `${file}.html`), email.html);
    writeFileSync(join(folder, `${file}.txt`), `Subject: ${email.subject}\n\n${email.text}`);
    for (const { fileName, content } of email.attachments ?? []) {
      writeFileSync(join(folder, `${file}--${fileName}`), content);
    }
    return html`<li><a href="${file}.html">${world}: ${one.name}, ${one.variant}</a> (<a href="${file}.txt">text</a>) ${email.subject}</li>\n`;
  }),
);
writeFileSync(
  join(folder, 'index.html'),
  html`<!doctype html><html lang="en"><meta charset="utf-8"><title>All messages</title><ul>${written}</ul></html>\n`.toString(),
);
console.log(`${written.length} messages in ${folder}/index.html`);
