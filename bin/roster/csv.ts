/** The roster as a CSV file: by header name in any order, as spreadsheets write it. */
import { stringify } from 'csv-stringify/sync';
import {
  cellOf,
  columnOf,
  type RosterField,
  type RosterRow,
  rosterFields,
} from '../../functions/people/roster-change.ts';
import { type Role, roles, type StaffMember } from '../../functions/people/staff.ts';
import { guarded, isoDate, lettersOf, recordsIn, unguarded } from '../lib/csv.ts';
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
  othernumber: 'otherNumbers',
  alias: 'otherNumbers',
  aliases: 'otherNumbers',
};

const fieldsByName = new Map<string, RosterField>([
  ...rosterFields.map((field): [string, RosterField] => [lettersOf(columnOf(field)), field]),
  ...Object.entries(otherNames),
]);

/** Besides the roles' own names: titles that payroll systems use for them. */
const otherRoles: Readonly<Record<string, Role>> = {
  advisor: 'service advisor',
  servicewriter: 'service advisor',
  salesconsultant: 'salesperson',
  salesassociate: 'salesperson',
  generalsalesmanager: 'sales manager',
  gsm: 'sales manager',
  preownedmanager: 'used-car manager',
  preownedsalesmanager: 'used-car manager',
  usedcarsalesmanager: 'used-car manager',
  gm: 'general manager',
  bdc: 'BDC agent',
  bdcrep: 'BDC agent',
  bdcrepresentative: 'BDC agent',
};

const rolesByName = new Map<string, Role>([
  ...roles.map((role): [string, Role] => [lettersOf(role), role]),
  ...Object.entries(otherRoles),
]);

interface ReadRoster {
  readonly rows: readonly RosterRow[];
  /** Columns that the roster does not have. */
  readonly ignored: readonly string[];
}

/** Throws where the file as a whole can't be understood; a row that is wrong is reported by the plan. */
export function readRosterCsv(text: string): ReadRoster {
  const [header, ...records] = recordsIn(text, 'The roster');
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

function cellValue(field: RosterField, cell: string): string | string[] | undefined {
  const text = unguarded(cell).trim();
  if (field === 'daysOff') return listOf(text).map(isoDate);
  if (field === 'otherNumbers') return listOf(text);
  if (text === '') return undefined;
  if (dates.some((date) => date === field)) return isoDate(text);
  return field === 'role' ? (rolesByName.get(lettersOf(text)) ?? text) : text;
}

function listOf(text: string): string[] {
  return text
    .split(/[;,|]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
