import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { documents } from '../../../bin/docs/generated.ts';
import { fieldsOf } from '../../../bin/schemas/fields.ts';
import { outgoingEvents } from '../../../functions/contracts/outgoing.ts';
import { incomingEvents, internalEvents } from '../../../functions/events.ts';
import { rosterFields } from '../../../functions/people/roster-fields.ts';

test.each(Object.entries(documents))('%s is what "npm run docs" writes', (file, render) => {
  expect(readFileSync(file, 'utf8')).toBe(render());
});

test('a page of docs/sources/ is left of no source that is gone', () => {
  const pages = readdirSync('docs/sources').map((page) => `docs/sources/${page}`);
  expect(pages.filter((page) => documents[page] === undefined)).toEqual([]);
});

/** Names that say it all. */
const plain = /(^|\.)(lastName|make|model|amountCents)$/;

describe.each([...incomingEvents, ...internalEvents, ...outgoingEvents])('$detailType', ({ schema }) => {
  test.each(fieldsOf(schema).filter(({ path }) => !plain.test(path)))(
    '$path has a meaning',
    ({ meaning }) => {
      expect(meaning).not.toBe('');
    },
  );
});

test('every column of the roster has a meaning', () => {
  const [, section = ''] = documents['docs/settings.md']?.().split('## The roster') ?? [];
  const rows = section.match(/^\| .*$/gm)?.slice(2) ?? [];
  expect(rows).toHaveLength(rosterFields.length);
  expect(rows.filter((row) => row.endsWith('|  |'))).toEqual([]);
});

test('every number of the nudge policy has a meaning', () => {
  const [, section = ''] = documents['docs/settings.md']?.().split('## When a customer counts') ?? [];
  const rows = section.split('## The roster')[0]?.match(/^\| `.*$/gm) ?? [];
  expect(rows.length).toBeGreaterThan(20);
  expect(rows.filter((row) => row.endsWith('|  |'))).toEqual([]);
});
