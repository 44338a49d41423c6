/** Renders docs/sources.md from the sources that are shipped. */
import type { Source } from '../../functions/feeds/source.ts';
import { findSource, shippedNames } from '../feeds/sources.ts';
import { columnInWords, conditionsInWords, ruleInWords } from '../feeds/words.ts';
import { code, generated, join, table } from './markdown.ts';

export function renderSources(): string {
  const sources = shippedNames().map(findSource);
  return join([
    generated,
    '# Sources',
    `What each file that is read without code looks like, and which event each of its records becomes.
[feeds.md](feeds.md) says how to read a file, and how to describe one of your own.`,
    table(
      ['source', 'file'],
      sources.map(({ name, title }) => [`[${name}](#${name})`, title]),
    ),
    ...sources.flatMap(chapter),
  ]);
}

function chapter({ name, title, notes, columns, codes, skip, wait, facts }: Source): string[] {
  const reasons = (what: string, rules: Source['skip']) =>
    rules.map(({ when, because }) => `- ${what}, where ${conditionsInWords(when)}: ${because}`);
  return [
    `## ${name}`,
    `${title}.${notes.map((note) => ` ${note}`).join('')}`,
    table(
      ['column', 'in the file'],
      Object.entries(columns).map(([column, one]) => [code(column), columnInWords(one)]),
    ),
    ...lines([...reasons('skipped', skip), ...reasons('waiting', wait)]),
    ...lines(
      Object.entries(codes)
        .filter(([, words]) => Object.keys(words).length > 0)
        .map(([codeTable, words]) => `- codes ${code(codeTable)}: ${wordsOf(words)}`),
    ),
    ...facts.flatMap(({ event, when, fields }) => [
      `### ${code(event)}${when ? `, where ${conditionsInWords(when)}` : ''}`,
      table(
        ['field', 'from'],
        Object.entries(fields).map(([field, rules]) => [code(field), rules.map(ruleInWords).join('; else ')]),
      ),
    ]),
  ];
}

const lines = (all: readonly string[]): string[] => (all.length === 0 ? [] : [all.join('\n')]);

const wordsOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words)
    .map(([word, meaning]) => `${word} = ${meaning === '' ? 'nothing to us' : meaning}`)
    .join(', ');
