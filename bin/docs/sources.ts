/** Renders docs/sources.md, and a page for each shipped source. */
import type { Source } from '../../functions/feeds/source.ts';
import { findSource, shippedNames } from '../feeds/sources.ts';
import { columnInWords, conditionsInWords, fileInWords, proofInWords, ruleInWords } from '../feeds/words.ts';
import { code, generated, join, table } from './markdown.ts';

export function renderSources(): string {
  return join([
    generated,
    '# Sources',
    `What each file that is read without code looks like, and which event each of its records becomes.
[feeds.md](feeds.md) says how to read a file, and how to describe one of your own.`,
    table(
      ['source', 'file', 'events'],
      shippedNames()
        .map(findSource)
        .map(({ name, title, facts }) => [
          `[${name}](sources/${name}.md)`,
          title,
          facts.map(({ event }) => code(event)).join(', '),
        ]),
    ),
  ]);
}

/** The renderer of each page, by file. */
export const sourcePages: Readonly<Record<string, () => string>> = Object.fromEntries(
  shippedNames().map((name) => [`docs/sources/${name}.md`, () => join(page(findSource(name)))]),
);

function page(source: Source): string[] {
  const { name, title, notes, columns, codes, skip, wait, facts } = source;
  const reasons = (what: string, rules: Source['skip']) =>
    rules.map(({ when, because }) => `- ${what}, where ${conditionsInWords(when)}: ${because}`);
  return [
    generated,
    `# ${name}`,
    `${title}.${notes.map((note) => ` ${note}`).join('')}`,
    list(fileInWords(source).map((line) => `- ${line}`)),
    ...posted(source),
    table(
      ['column', 'in the file'],
      Object.entries(columns).map(([column, one]) => [code(column), columnInWords(one)]),
    ),
    list([...reasons('skipped', skip), ...reasons('waiting', wait)]),
    list(
      Object.entries(codes)
        .filter(([, words]) => Object.keys(words).length > 0)
        .map(([codeTable, words]) => `- codes ${code(codeTable)}: ${wordsOf(words)}`),
    ),
    ...facts.flatMap(({ event, when, fields }) => [
      `## ${code(event)}${when ? `, where ${conditionsInWords(when)}` : ''}`,
      table(
        ['field', 'from'],
        Object.entries(fields).map(([field, rules]) => [code(field), rules.map(ruleInWords).join('; else ')]),
      ),
    ]),
  ].filter((part) => part !== '');
}

/** What to enter on the vendor's side. */
function posted({ webhook }: Source): string[] {
  if (!webhook) return [];
  const { setUp, verify, atMostKilobytes } = webhook;
  return [
    '## Posted by its vendor',
    `It proves itself by ${proofInWords(verify)}. A body has ${atMostKilobytes} kilobytes at most. [feeds.md](../feeds.md#webhooks) says how a feed is posted.`,
    list(setUp.map((step, at) => `${at + 1}. ${step}`)),
    '## What is read of it',
  ];
}

const list = (lines: readonly string[]): string => lines.join('\n');

const wordsOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words)
    .map(([word, meaning]) => `${word} = ${meaning === '' ? 'nothing to us' : meaning}`)
    .join(', ');
