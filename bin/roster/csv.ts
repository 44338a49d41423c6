/** The roster as a CSV file: by header name in any order, as spreadsheets write it. */
import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import {
  cellOf,
  columnOf,
  type RosterField,
  type RosterRow,
  rosterFields,
} from '../../functions/people/roster-change.ts';
import type { StaffMember } from '../../functions/people/staff.ts';
import { Problem } from '../lib/problem.ts';

const required: readonly RosterField[] = ['storeId', 'employeeNumber', 'name', 'role', 'email', 'startsOn'];

const dates: readonly RosterField[] = ['startsOn', 'endsOn', 'suspendedFrom'];

/** Besides the names that an export writes: what other systems call the same column. */
const otherNames: Readonly<Record<string, RosterField>> = {
  employeeid: 'employeeNumber',
  employeeno: 'employeeNumber',
  employee: 'employeeNumber',
  fullname: 'name',
  emailaddress: 'email',
  phonenumber: 'phone',
  directline: 'phone',
  mobile: 'phone',
  mobilephone: 'phone',
  cell: 'phone',
  cellphone: 'phone',
  photourl: 'photo',
  storeid: 'storeId',
  startson: 'startsOn',
  hiredate: 'startsOn',
  endson: 'endsOn',
  termination: 'endsOn',
  terminationdate: 'endsOn',
  terminated: 'endsOn',
  lastday: 'endsOn',
  suspended: 'suspendedFrom',
  partnernumber: 'partnerNumber',
};

const fieldsByName = new Map<string, RosterField>([
  ...rosterFields.map((field): [string, RosterField] => [lettersOf(columnOf(field)), field]),
  ...Object.entries(otherNames),
]);

interface ReadRoster {
  readonly rows: readonly RosterRow[];
  /** Columns that the roster does not have. */
  readonly ignored: readonly string[];
}

/** Throws where the file as a whole can't be understood; a row that is wrong is reported by the plan. */
export function readRosterCsv(text: string): ReadRoster {
  const [header, ...records] = recordsIn(text);
  if (!header)
    throw new Problem('The roster is empty: expected a line of column names and a line for each person');
  const fields = header.cells.map((name) => fieldsByName.get(lettersOf(name)));
  checkHeader(header.cells, fields);
  const rows = records.map(({ line, cells }): RosterRow => {
    if (cells.length !== fields.length) {
      return {
        line,
        values: {},
        fault: `expected ${fields.length} cells as in the first line, got ${cells.length}`,
      };
    }
    return { line, values: valuesOf(fields, cells) };
  });
  return { rows, ignored: header.cells.filter((name, at) => !fields[at] && name.trim() !== '') };
}

function valuesOf(
  fields: readonly (RosterField | undefined)[],
  cells: readonly string[],
): RosterRow['values'] {
  return Object.fromEntries(
    fields.flatMap((field, at) => (field ? [[field, cellValue(field, cells[at] ?? '')]] : [])),
  );
}

export function writeRosterCsv(people: readonly StaffMember[]): string {
  return stringify([
    rosterFields.map(columnOf),
    ...people.map((person) => rosterFields.map((field) => guarded(cellOf(person, field)))),
  ]);
}

function checkHeader(names: readonly string[], fields: readonly (RosterField | undefined)[]): void {
  const missing = required.filter((field) => !fields.includes(field)).map((field) => `'${columnOf(field)}'`);
  if (missing.length > 0) {
    throw new Problem(`The roster has no column ${missing.join(', ')}; its columns are: ${names.join(', ')}`);
  }
  const twice = fields.find((field, at) => field && fields.indexOf(field) !== at);
  if (twice) throw new Problem(`The roster has the column '${columnOf(twice)}' twice`);
}

interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

function recordsIn(text: string): CsvRecord[] {
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
        if (cells.some((cell) => cell.trim() !== '')) records.push({ line: lines - breaks, cells });
        return null;
      },
    });
  } catch (error) {
    if (error instanceof CsvError) throw new Problem(`The roster is not a CSV file: ${error.message}`);
    throw error;
  }
  return records;
}

/** Excel reads and writes a first line `sep=;`: it names the separator; the column names follow. */
function namedDelimiter(text: string): string | undefined {
  return /^\uFEFF?sep=([,;\t])\r?\n/i.exec(text)?.[1];
}

/** Spreadsheets set to another language separate with semicolons; days off then stand in quotes. */
function delimiterOf(text: string): string {
  const [header = ''] = text.split(/\r\n|\n|\r/, 1);
  const count = (mark: string) => header.split(mark).length;
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function cellValue(field: RosterField, cell: string): string | string[] | undefined {
  const text = unguarded(cell).trim();
  if (field === 'daysOff') return listOf(text).map(isoDate);
  if (text === '') return undefined;
  if (dates.some((date) => date === field)) return isoDate(text);
  return field === 'role' ? text.toLowerCase().replace(/[\s_-]+/g, ' ') : text;
}

function listOf(text: string): string[] {
  return text
    .split(/[;,|]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** As a US spreadsheet writes a date, turned into ISO 8601; anything else is refused later. */
function isoDate(text: string): string {
  const [, month = '', day = '', year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? [];
  return year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text;
}

/**
 * A spreadsheet runs a cell that begins so as a formula. An apostrophe in front makes it text; one more where
 * apostrophes stand there already, so that what is read back is what was written.
 */
const formula = /^'*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

function guarded(cell: string): string {
  return formula.test(cell) ? `'${cell}` : cell;
}

function unguarded(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
}
