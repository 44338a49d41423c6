import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { findSource } from '../../bin/feeds/sources.ts';
import type { Source } from '../../functions/feeds/source.ts';
import { fileOf, judge } from './judge.ts';
import { samples } from './sample-files.ts';

/** Two stores of the same system never write quite the same file. */
type Rows = readonly (readonly string[])[];
type Delimited = Extract<Source['format'], { readonly type: 'delimited' }>;

const namesOf = ({ columns }: Source, column: string) => columns[column]?.from ?? [];

const delimited = samples.flatMap(([file, name, stores]) => {
  const source = findSource(name);
  const { format } = source;
  return format.type === 'delimited'
    ? [{ file, source, format, stores, ...tableIn(file, format, source) }]
    : [];
});

/** The table of a sample, without the titles above its header. */
function tableIn(file: string, format: Delimited, source: Source): { header: readonly string[]; rows: Rows } {
  const text = new TextDecoder(format.encoding).decode(readFileSync(`test/feeds/files/${file}`));
  const { delimiter, quote } = format;
  const all: string[][] = parse(text, {
    delimiter,
    quote: quote ?? false,
    bom: true,
    relax_column_count: true,
  });
  const at = all.findIndex((cells) => namesOf(source, source.key).some((name) => cells.includes(name)));
  const header = all[at];
  if (!header) throw new Error(`${file} has no header`);
  return { header, rows: all.slice(at + 1).filter(({ length }) => length === header.length) };
}

const written = ({ delimiter, quote }: Delimited, rows: Rows): string =>
  rows
    .map((cells) =>
      cells.map((cell) => (quote === null ? cell : `"${cell.replaceAll('"', '""')}"`)).join(delimiter),
    )
    .join('\r\n');

type Table = (typeof delimited)[number];

async function factsOf({ file, source, format, stores }: Table, header: readonly string[], rows: Rows) {
  const text = written(format, [header, ...rows]);
  const bytes = Buffer.from(text, format.encoding === 'utf-8' ? 'utf8' : 'latin1');
  const { judged } = await judge(fileOf(file, bytes), source, stores);
  return judged.map(({ key, mapped }) => ({ key, mapped }));
}

describe.each(delimited)('$source.name: a file of the same form', (table) => {
  const { header, rows, source } = table;

  it('has its columns in another order, and others between them', async () => {
    const turned: Rows = rows.map((cells) => ['x', ...cells.toReversed(), 'y']);
    expect(await factsOf(table, ['Nobody asked', ...header.toReversed(), 'Nor here'], turned)).toEqual(
      await factsOf(table, header, rows),
    );
  });

  it('has a blank behind its names, and writes them small', async () => {
    const small = header.map((name) => ` ${name.toLowerCase()} `);
    expect(await factsOf(table, small, rows)).toEqual(await factsOf(table, header, rows));
  });

  const aliases = Object.values(source.columns).flatMap(({ from, gather }) => {
    const [known] = from.filter((name) => header.includes(name));
    return gather || known === undefined
      ? []
      : from.flatMap((name) => (name === known ? [] : [[known, name] as const]));
  });
  it.runIf(aliases.length > 0)('has any of the names that a column has been seen with', async () => {
    const before = await factsOf(table, header, rows);
    for (const [known, alias] of aliases) {
      const named = header.map((name) => (name === known ? alias : name));
      // An alias that the file already has for another column is not one of this file.
      if (!header.includes(alias))
        expect([alias, await factsOf(table, named, rows)]).toEqual([alias, before]);
    }
  });

  it('lacks the columns that not every store has', async () => {
    const optional = Object.values(source.columns).flatMap((column) => (column.optional ? column.from : []));
    const left = header.flatMap((name, at) => (optional.includes(name) ? [] : [at]));
    const cut = (cells: readonly string[]) => left.map((at) => cells[at] ?? '');
    const facts = await factsOf(table, cut(header), rows.map(cut));
    expect(facts).toHaveLength((await factsOf(table, header, rows)).length);
  });

  it('has empty cells: no event says nothing where a value was, and what is needed is refused by its field', async () => {
    const read = new Set(Object.values(source.columns).flatMap(({ from }) => from));
    for (const [at, name] of header.entries()) {
      if (!read.has(name)) continue;
      const emptied = rows.map((cells) => cells.with(at, ''));
      for (const { mapped } of await factsOf(table, header, emptied)) {
        if (mapped.kind === 'event')
          expect([name, JSON.stringify(mapped.detail)]).toEqual([
            name,
            expect.not.stringMatching(/:""|null|NaN/),
          ]);
        if (mapped.kind === 'refused') expect(mapped.problems.length).toBeGreaterThan(0);
      }
    }
  });
});
