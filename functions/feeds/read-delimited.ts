import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { type FeedRecord, FileStopped, type ReadRow, splitCell } from './record.ts';
import type { Column, Source } from './source.ts';

type Format = Extract<Source['format'], { readonly type: 'delimited' }>;

/** Title lines stand above the header of a report; in more rows than these there is none. */
const HEADER_WITHIN = 50;
/** A cell of a megabyte is an open quote that swallows the file. */
const LONGEST_RECORD = 1_000_000;

/** The rows of a delimited file, in their order. Throws {@link FileStopped} if a column that is needed is missing. */
export async function* readDelimited(
  bytes: AsyncIterable<Uint8Array>,
  source: Source,
  format: Format,
): AsyncGenerator<ReadRow> {
  let row = 0;
  let header: Header | undefined;
  let wasShort = false;
  const above: string[][] = [];
  const end = new EndOfText();
  for await (const cells of cellsOf(end.of(decoded(bytes, format.encoding)), format)) {
    row += 1;
    wasShort = header !== undefined && cells.length < header.width;
    if (cells.every((cell) => cell.trim() === '')) continue;
    if (header === undefined) {
      header = headerIn(cells, source);
      if (header) continue;
      above.push(cells);
      if (above.length > HEADER_WITHIN) break;
      yield { title: cells.join(' ').trim() };
    } else if (!isHeaderAgain(cells, header)) yield recordOf(cells, row, header, source);
  }
  if (header === undefined) throw noHeader(above, source);
  if (wasShort && !end.isOfLine)
    throw new FileStopped('truncated', 'it breaks off in the middle of a row: have it sent again');
}

/** Whether a text ends with a whole line. */
class EndOfText {
  isOfLine = true;

  async *of(texts: AsyncIterable<string>): AsyncGenerator<string> {
    for await (const text of texts) {
      if (text !== '') this.isOfLine = text.endsWith('\n');
      yield text;
    }
  }
}

async function* cellsOf(text: AsyncIterable<string>, format: Format): AsyncGenerator<string[]> {
  const parser = parse({
    delimiter: format.delimiter,
    quote: format.quote ?? false,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: LONGEST_RECORD,
  });
  // A pipeline ends both sides: what reads no further closes the file, and a file that breaks off fails the reading.
  pipeline(Readable.from(text), parser, () => undefined);
  const rows: AsyncIterable<string[]> = parser;
  try {
    yield* rows;
  } catch (error) {
    if (error instanceof CsvError)
      throw new FileStopped('unreadable', `row ${error['lines']}: ${error.code}`);
    throw error;
  }
}

async function* decoded(bytes: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

interface Header {
  readonly width: number;
  readonly names: readonly string[];
  /** By our name, the places of its columns in a row. */
  readonly places: ReadonlyMap<string, readonly number[]>;
}

/** Case and blanks around a name count for nothing; two columns of one name can't be told apart. */
const folded = (name: string) => name.trim().replaceAll(/\s+/g, ' ').toLowerCase();

function headerIn(cells: readonly string[], source: Source): Header | undefined {
  const names = cells.map(folded);
  const places = new Map<string, readonly number[]>();
  for (const [name, column] of Object.entries(source.columns)) {
    const found = placesOf(column, names);
    if (found.length === 0 && !column.optional) return undefined;
    places.set(name, found);
  }
  const mapped = [...places.values()].flat().map((place) => names[place]);
  const twice = mapped.find((name) => names.filter((one) => one === name).length > 1);
  if (twice !== undefined)
    throw new FileStopped('missing-column', `two columns are named '${twice}': which of them counts?`);
  return { width: cells.length, names, places };
}

function placesOf(column: Column, names: readonly string[]): readonly number[] {
  const found = column.from.map((name) => names.indexOf(folded(name))).filter((place) => place >= 0);
  return column.gather ? found : found.slice(0, 1);
}

const isHeaderAgain = (cells: readonly string[], { names }: Header) =>
  cells.length === names.length && cells.every((cell, at) => folded(cell) === names[at]);

function recordOf(cells: readonly string[], row: number, header: Header, source: Source): ReadRow {
  const { width, places } = header;
  const key = (cells[places.get(source.key)?.[0] ?? -1] ?? '').trim();
  if (cells.length < width)
    return { row, key, broken: `${cells.length} of ${width} columns: the row is cut` };
  if (cells.slice(width).some((cell) => cell.trim() !== ''))
    return {
      row,
      key,
      broken: `${cells.length} columns where the header has ${width}: a separator stands in a text`,
    };
  const columns = Object.entries(source.columns).map(([name, column]): [string, readonly string[]] => [
    name,
    (places.get(name) ?? []).flatMap((place) => entriesOf(cells[place] ?? '', column)),
  ]);
  return { row, columns: new Map(columns) };
}

function entriesOf(cell: string, column: Column): readonly string[] {
  const entries = column.split === undefined ? [cell] : splitCell(cell, column.split);
  const { within } = column;
  return within === undefined ? entries : entries.map((entry) => entry.split(within).join(', '));
}

function noHeader(above: readonly string[][], source: Source): FileStopped {
  if (above.length === 0) return new FileStopped('empty', 'the file has no row');
  const needed = Object.values(source.columns).filter(({ optional }) => !optional);
  const [missing = []] = above
    .map((cells) => cells.map(folded))
    .map((names) => needed.filter((column) => placesOf(column, names).length === 0))
    .toSorted((one, other) => one.length - other.length);
  const named = missing.map(({ from }) => `'${from.join("' or '")}'`);
  return new FileStopped('missing-column', `the file has no column ${named.slice(0, 5).join(', ')}`);
}

/** Rows that follow each other with the same value are one record: its columns have a value for each row. */
export async function* grouped(rows: AsyncIterable<ReadRow>, by: string): AsyncGenerator<ReadRow> {
  const ended = new Set<string>();
  let open: { readonly key: string; readonly rows: FeedRecord[] } | undefined;
  for await (const one of rows) {
    const key = 'columns' in one ? (one.columns.get(by)?.[0] ?? '').trim() : undefined;
    if ('columns' in one && key !== undefined && key !== '' && key === open?.key) {
      open.rows.push(one);
      continue;
    }
    if (open) yield together(open.rows);
    if (open) ended.add(open.key);
    open = undefined;
    if (!('columns' in one) || key === undefined || key === '') yield one;
    else if (ended.has(key))
      yield {
        row: one.row,
        key,
        broken: 'its other rows stand further above: sort the report by this number',
      };
    else open = { key, rows: [one] };
  }
  if (open) yield together(open.rows);
}

function together(rows: readonly FeedRecord[]): FeedRecord {
  const [first] = rows;
  if (first === undefined) throw new Error('A record has at least one row');
  const columns = [...first.columns.keys()].map((name): [string, readonly string[]] => [
    name,
    rows.flatMap(({ columns: cells }) => cells.get(name) ?? []),
  ]);
  return { row: first.row, columns: new Map(columns) };
}
