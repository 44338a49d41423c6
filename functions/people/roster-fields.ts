import type { StaffMember } from './staff.ts';

/** The fields of a person that a file can set. Bounces are reported by SES, not by a file. */
export const rosterFields = [
  'storeId',
  'employeeNumber',
  'name',
  'role',
  'email',
  'phone',
  'startsOn',
  'endsOn',
  'suspendedFrom',
  'daysOff',
  'otherNumbers',
  'partnerNumber',
  'languages',
  'photo',
] as const;
export type RosterField = (typeof rosterFields)[number];

/** The file's own column names, so that the person who corrects it recognizes them in an error. */
const columns: Readonly<Record<string, string>> = {
  storeId: 'store',
  employeeNumber: 'employee number',
  startsOn: 'start date',
  endsOn: 'end date',
  suspendedFrom: 'suspended from',
  daysOff: 'days off',
  otherNumbers: 'other numbers',
  partnerNumber: 'partner',
};

export function columnOf(path: string): string {
  const field = path.replace(/\[.*$/, '');
  return columns[field] ?? field;
}

/** A value as text, for comparison and for a cell. */
export function cellOf(person: StaffMember, field: RosterField): string {
  const value = person[field];
  if (value === undefined) return '';
  return typeof value === 'string' ? value : [...new Set(value)].sort().join(';');
}
