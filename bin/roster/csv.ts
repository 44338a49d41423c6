/** The roster as a CSV file: columns by name in any order, as spreadsheets write it. */
import { stringify } from 'csv-stringify/sync';
import type { RosterRow } from '../../functions/people/roster-change.ts';
import { cellOf, columnOf, type RosterField, rosterFields } from '../../functions/people/roster-fields.ts';
import type { StaffMember } from '../../functions/people/staff.ts';
import { type CsvRecord, lettersOf, recordsIn } from '../lib/csv.ts';
import { Problem } from '../lib/problem.ts';
import { ambiguousDates, type Cell, cellRead, cellWritten } from './cells.ts';

const required: readonly RosterField[] = ['storeId', 'employeeNumber', 'name', 'role', 'email', 'startsOn'];

/** Names that other systems use for a column, in addition to those that an export writes. */
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
  language: 'languages',
  speaks: 'languages',
  spokenlanguages: 'languages',
  othernumber: 'otherNumbers',
  alias: 'otherNumbers',
  aliases: 'otherNumbers',
};

const fieldsByName = new Map<string, RosterField>([
  ...rosterFields.map((field): [string, RosterField] => [lettersOf(columnOf(field)), field]),
  ...Object.entries(otherNames),
]);

interface ReadRoster {
  readonly rows: readonly RosterRow[];
  /** Columns that the roster does not have. */
  readonly ignored: readonly string[];
  /** Remarks on values that were understood but could have meant something else. */
  readonly notes: readonly string[];
}

/** Throws if the file as a whole cannot be understood; a faulty row is reported by the plan. */
export function readRosterCsv(text: string): ReadRoster {
  const all = recordsIn(text, 'The roster');
  const titles = titleLines(all);
  const [header, ...records] = all.slice(titles.length);
  if (!header)
    throw new Problem('The roster is empty: expected a line of column names and a line for each person');
  const fields = fieldsIn(header);
  checkHeader(header.cells, fields);
  const read = records.map((record) => readRow(record, fields));
  return {
    rows: read.map(({ row }) => row),
    ignored: header.cells.filter((name, at) => !fields[at] && name.trim() !== ''),
    notes: [
      ...titles.map(
        ({ line, cells }) => `line ${line} does not hold column names: '${cells.join(' ').trim()}'`,
      ),
      ...read.flatMap(({ row, cells }) => notesOf(row.line, cells)),
      ...ambiguousDates(read.map(({ row, cells }) => ({ line: row.line, cells }))),
    ],
  };
}

/** A line with this many known column names is the header. */
const KNOWN_COLUMNS = 3;

const fieldsIn = ({ cells }: CsvRecord) => cells.map((name) => fieldsByName.get(lettersOf(name)));

/** The lines above the header: reports begin with a title and a date. */
function titleLines(records: readonly CsvRecord[]): readonly CsvRecord[] {
  const isHeader = (record: CsvRecord) =>
    fieldsIn(record).filter((field) => field !== undefined).length >= KNOWN_COLUMNS;
  const at = records.slice(0, 10).findIndex(isHeader);
  return records.slice(0, Math.max(at, 0));
}

interface ReadRow {
  readonly row: RosterRow;
  readonly cells: readonly Cell[];
}

function readRow({ line, cells }: CsvRecord, fields: readonly (RosterField | undefined)[]): ReadRow {
  if (cells.length !== fields.length) {
    const fault = `expected ${fields.length} cells as in the line of column names, got ${cells.length}`;
    return { row: { line, values: {}, fault }, cells: [] };
  }
  const read = fields.flatMap((field, at) => (field ? [cellRead(field, cells[at] ?? '')] : []));
  const faults = read.flatMap(({ field, fault }) =>
    fault === undefined ? [] : [`${columnOf(field)}: ${fault}`],
  );
  const values = Object.fromEntries(read.map(({ field, value }) => [field, value]));
  const row = { line, values, ...(faults.length > 0 && { fault: faults.join('; ') }) };
  return { row, cells: read };
}

const notesOf = (line: number, cells: readonly Cell[]): string[] =>
  cells.flatMap(({ field, note }) =>
    note === undefined ? [] : [`line ${line}: ${columnOf(field)} ${note}`],
  );

export function writeRosterCsv(people: readonly StaffMember[]): string {
  return stringify([
    rosterFields.map(columnOf),
    ...people.map((person) => rosterFields.map((field) => cellWritten(field, cellOf(person, field)))),
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
