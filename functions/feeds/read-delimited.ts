import { pipeline, Readable } from 'node:stream';
import { CsvError, type Info, parse } from 'csv-parse';
import { textOf, windowsTextOf } from './encodings.ts';
import {
  type FeedRecord,
  type FileBytes,
  FileStopped,
  type ReadRow,
  type ReadUpTo,
  splitCell,
} from './record.ts';
import type { Column, Source } from './source.ts';

type Format = Extract<Source['format'], { readonly type: 'delimited' }>;

/** A report has title lines above its header. If no header comes within this many rows, there is none. */
const HEADER_WITHIN = 50;
/** A cell of a megabyte means that an unclosed quote swallows the file. */
const LONGEST_RECORD = 1_000_000;

/** The rows of a delimited file, in order. Throws {@link FileStopped} if a required column is missing. */
export async function* readDelimited(
  { bytes, rest }: FileBytes,
  source: Source,
  format: Format,
): AsyncGenerator<ReadRow> {
  const end = new EndOfText();
  const above: string[][] = [];
  const text = textIn(format.encoding);
  let header: Header | undefined;
  let wasShort = false;
  for await (const one of rowsOf(end.of(bytes), format)) {
    const { cells } = one;
    wasShort = header !== undefined && cells.length < header.width;
    if (areBlank(cells, text)) continue;
    if (header) {
      if (!isHeaderAgain(cells, header, text)) yield recordOf(one, header, source, text);
      continue;
    }
    const texts = cells.map(text);
    header = headerIn(texts, source);
    if (header && rest) break;
    if (header) continue;
    above.push(texts);
    if (above.length > HEADER_WITHIN) break;
    yield { title: texts.join(' ').trim() };
  }
  if (header === undefined) throw noHeader(above, source);
  if (rest) yield* rowsBelow(rest, header, source, format);
  else if (wasShort && !end.isOfLine)
    throw new FileStopped('truncated', 'it breaks off in the middle of a row: have it sent again');
}

/** The rows from a byte offset on. The first reading has already checked that the file ends with a whole row. */
async function* rowsBelow(
  { bytes, ...upTo }: NonNullable<FileBytes['rest']>,
  header: Header,
  source: Source,
  format: Format,
): AsyncGenerator<ReadRow> {
  const text = textIn(format.encoding);
  for await (const one of rowsOf(bytes, format, upTo))
    if (!areBlank(one.cells, text) && !isHeaderAgain(one.cells, header, text))
      yield recordOf(one, header, source, text);
}

/** Whether a file ends with a whole line. */
class EndOfText {
  isOfLine = true;

  async *of(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      if (chunk.length > 0) this.isOfLine = chunk.at(-1) === LINE_FEED;
      yield chunk;
    }
  }
}

const LINE_FEED = 0x0a;

interface Row {
  readonly row: number;
  readonly cells: readonly Cell[];
  readonly endsAt: number;
}

/** Cells are kept as bytes, so that each row knows the byte at which it ends. Only the requested cells become text. */
async function* rowsOf(
  bytes: AsyncIterable<Uint8Array>,
  format: Format,
  { row, offset }: ReadUpTo = { row: 0, offset: 0 },
): AsyncGenerator<Row> {
  const parser = parse({
    delimiter: format.delimiter,
    quote: format.quote ?? false,
    bom: offset === 0,
    encoding: null,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: LONGEST_RECORD,
  });
  // `pipeline` links both ends: if the consumer stops, the file is closed; if the file breaks off, reading fails.
  pipeline(Readable.from(bytes), parser, () => undefined);
  const rows: AsyncIterable<{ readonly info: Info; readonly record: Cell[] }> = parser;
  let at = row;
  try {
    for await (const { info, record } of rows) {
      at += 1;
      yield { row: at, cells: record, endsAt: offset + info.bytes };
    }
  } catch (error) {
    if (error instanceof CsvError)
      throw new FileStopped('unreadable', `row ${error['lines']}: ${error.code}`);
    throw error;
  }
}

/** The parser returns an empty quoted cell as a string. */
type Cell = Buffer | string;
type Text = (cell: Cell) => string;

function textIn(encoding: Format['encoding']): Text {
  const decode = encoding === 'utf-8' ? textOf : windowsTextOf;
  return (cell) => (typeof cell === 'string' ? cell : decode(cell));
}

const areBlank = (cells: readonly Cell[], text: Text): boolean =>
  cells.every((cell) => text(cell).trim() === '');

interface Header {
  readonly width: number;
  readonly names: readonly string[];
  /** The positions of each column in a row, by our name for it. */
  readonly places: ReadonlyMap<string, readonly number[]>;
}

/** Ignores case and surrounding spaces of a column's name. Two columns of the same name cannot be told apart. */
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

const isHeaderAgain = (cells: readonly Cell[], { names }: Header, text: Text) =>
  cells.length === names.length && cells.every((cell, at) => folded(text(cell)) === names[at]);

function recordOf({ row, cells, endsAt }: Row, header: Header, source: Source, text: Text): ReadRow {
  const { width, places } = header;
  const at = (place: number): string => {
    const cell = cells[place];
    return cell === undefined ? '' : text(cell);
  };
  const key = at(places.get(source.key)?.[0] ?? -1).trim();
  if (cells.length < width)
    return { row, key, broken: `${cells.length} of ${width} columns: the row is cut` };
  if (!areBlank(cells.slice(width), text))
    return {
      row,
      key,
      broken: `${cells.length} columns where the header has ${width}: a separator stands in a text`,
    };
  const columns = Object.entries(source.columns).map(([name, column]): [string, readonly string[]] => [
    name,
    (places.get(name) ?? []).flatMap((place) => entriesOf(at(place), column)),
  ]);
  return { row, columns: new Map(columns), endsAt };
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

/** Combines consecutive rows with the same value into one record, whose columns have a value for each row. */
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
