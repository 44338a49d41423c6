/** CSV files as spreadsheets write them, with any columns. */
import { CsvError, parse } from 'csv-parse/sync';
import { Problem } from './problem.ts';

export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** The non-empty records. `what` is the subject of the error for text that is not CSV: "The roster". */
export function recordsIn(text: string, what: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  const named = namedDelimiter(text);
  try {
    parse(text, {
      bom: true,
      delimiter: named ?? delimiterOf(text),
      from_line: named === undefined ? 1 : 2,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      on_record: (cells: string[], { lines }) => {
        // `lines` is the last line of a record; an editor shows the first one.
        const breaks = cells.reduce((count, cell) => count + cell.split(/\r\n|\n|\r/).length - 1, 0);
        const visible = cells.map((cell) => cell.replace(invisible, ''));
        if (visible.some((cell) => cell.trim() !== ''))
          records.push({ line: lines - breaks, cells: visible });
        return null;
      },
    });
  } catch (error) {
    if (error instanceof CsvError) throw new Problem(`${what} is not a CSV file: ${error.message}`);
    throw error;
  }
  return records;
}

/** Characters that come along when text is copied from a web page: zero-width spaces, direction marks, soft hyphens. */
const invisible =
  /[\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\uFEFF]|^[\u200C\u200D]+|[\u200C\u200D]+$/g;

/** Excel reads and writes a first line `sep=;` that names the separator; the column names follow it. */
function namedDelimiter(text: string): string | undefined {
  return /^\uFEFF?sep=([,;\t])\r?\n/i.exec(text)?.[1];
}

/** Spreadsheets in some languages separate with semicolons; days off are then quoted. */
function delimiterOf(text: string): string {
  const [header = ''] = text.split(/\r\n|\n|\r/, 1);
  const count = (mark: string) => header.split(mark).length;
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

/** Reduces a column's name to its letters, so that spelling variants match. */
export function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Turns a date as US spreadsheets write it into ISO 8601; anything else is refused later. */
export function isoDate(text: string): string {
  const [, month = '', day = '', year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? [];
  return year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text;
}
