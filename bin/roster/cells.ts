/** One cell of a roster file: its value, and what a spreadsheet may have made of it. */
import { languageCode } from '../../functions/contracts/language.ts';
import { guarded, unguarded } from '../../functions/csv-cell.ts';
import type { RosterField } from '../../functions/people/roster-fields.ts';
import { type Role, roles } from '../../functions/people/staff.ts';
import { isoDate, lettersOf } from '../lib/csv.ts';

export interface Cell {
  readonly field: RosterField;
  /** The text in the file. */
  readonly text: string;
  readonly value: string | readonly string[] | undefined;
  /** A remark on how the value was read; printed after the column's name. */
  readonly note?: string;
  /** Why the value cannot be what was meant. */
  readonly fault?: string;
}

type Read = Omit<Cell, 'field' | 'text'>;

export function cellRead(field: RosterField, cell: string): Cell {
  const text = unguarded(cell).trim();
  if (!text.startsWith("'") || !isChanged(field, text)) return { field, text, ...readerOf(field)(text) };
  const literal = text.slice(1);
  return { field, text, value: field === 'otherNumbers' ? listOf(literal) : literal };
}

/** The text to write to a file: with an apostrophe in front if it would otherwise be read as something else. */
export const cellWritten = (field: RosterField, text: string): string =>
  guarded(isChanged(field, text) ? `'${text}` : text);

/** Ignores leading apostrophes, so that reading gives back what was written. */
function isChanged(field: RosterField, text: string): boolean {
  const { note, fault } = readerOf(field)(text.replace(/^'+/, ''));
  return note !== undefined || fault !== undefined;
}

const readerOf = (field: RosterField) => readers[field] ?? asItIs;

const asItIs = (text: string): Read => ({ value: text === '' ? undefined : text });
const date = (text: string): Read => ({ value: text === '' ? undefined : isoDate(text) });
const listOf = (text: string): string[] =>
  text
    .split(/[;,|]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** A spreadsheet stores digits as a number: it adds decimals and shortens long ones. */
function numberRead(text: string): Read {
  const [, whole] = /^(\d+)[.,]0+$/.exec(text) ?? [];
  if (whole !== undefined) return { value: whole, note: `'${text}' is read as ${whole}` };
  if (/^\d+([.,]\d+)?e\+\d+$/i.test(text)) {
    const fault = `'${text}' is a long number that a spreadsheet shortened: format the column as text and save again`;
    return { value: text, fault };
  }
  if (/^\d+e\d+$/i.test(text)) {
    return { value: text, note: `'${text}' is taken as it is: a spreadsheet may have shortened it` };
  }
  return asItIs(text);
}

function numbersRead(text: string): Read {
  const read = listOf(text).map(numberRead);
  const note = read.find((one) => one.note)?.note;
  const fault = read.find((one) => one.fault)?.fault;
  return {
    value: read.flatMap(({ value }) => (typeof value === 'string' ? [value] : [])),
    ...(note !== undefined && { note }),
    ...(fault !== undefined && { fault }),
  };
}

/** In `Núñez, José` the parts are swapped, in `John Smith, Jr.` they are not. */
const suffix = /^(jr|sr|ii|iii|iv|md|phd|cpa|mba)\.?$/i;

function nameRead(text: string): Read {
  const [, last = '', first = ''] = /^([^,]+),\s*([^,]+)$/.exec(text) ?? [];
  if (!/\p{L}/u.test(first) || !/\p{L}/u.test(last) || suffix.test(first)) return asItIs(text);
  const name = `${first.trim()} ${last.trim()}`;
  return { value: name, note: `'${text}' is read as ${name}` };
}

/** Titles that payroll systems use, in addition to the roles' own names. */
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

const readers: Readonly<Partial<Record<RosterField, (text: string) => Read>>> = {
  employeeNumber: numberRead,
  partnerNumber: numberRead,
  otherNumbers: numbersRead,
  name: nameRead,
  role: (text) => asItIs(rolesByName.get(lettersOf(text)) ?? text),
  startsOn: date,
  endsOn: date,
  suspendedFrom: date,
  languages: (text) => ({ value: listOf(text).map((part) => languageCode(part) ?? part) }),
  daysOff: (text) => ({ value: listOf(text).map(isoDate) }),
};

const dateFields: readonly RosterField[] = ['startsOn', 'endsOn', 'suspendedFrom', 'daysOff'];

/**
 * A note that dates such as 5/6/2020 are read as in a US spreadsheet. Given once, for the first such date, unless
 * another date in the file shows that the month comes first.
 */
export function ambiguousDates(rows: readonly { line: number; cells: readonly Cell[] }[]): string[] {
  const written = rows.flatMap(({ line, cells }) =>
    cells
      .filter(({ field }) => dateFields.includes(field))
      .flatMap(({ text }) => listOf(text).map((part) => ({ line, part, parts: partsOf(part) }))),
  );
  if (written.some(({ parts }) => parts && parts.second > 12)) return [];
  const first = written.find(({ parts }) => parts && parts.first <= 12 && parts.first !== parts.second);
  if (!first) return [];
  const read = isoDate(first.part);
  return [
    `line ${first.line}: '${first.part}' is read as ${read}, month first, and so is every date of the file that is written like it`,
  ];
}

function partsOf(text: string): { first: number; second: number } | undefined {
  const [, first, second] = /^(\d{1,2})\/(\d{1,2})\/\d{4}$/.exec(text) ?? [];
  return first === undefined ? undefined : { first: Number(first), second: Number(second) };
}
