import { findPerson, type Role, type Roster, type StaffMember } from './staff.ts';

/** A person named by an event, by number. */
export interface NamedStaff {
  readonly role: Extract<Role, 'salesperson' | 'service advisor'>;
  readonly number: string;
}

/** A number that is not on the roster, as it was last seen. */
export interface UnknownNumber extends NamedStaff {
  readonly storeId: string;
  readonly seenAt: string;
  /** An event that names it: `deal 48211`. */
  readonly example: string;
}

export const named = (role: NamedStaff['role'], number: string | undefined): readonly NamedStaff[] =>
  number === undefined ? [] : [{ role, number }];

/** The named people who are not on the roster, each number once. */
export function unknownStaff(named: readonly NamedStaff[], roster: Roster): readonly NamedStaff[] {
  const unknown = named.filter(({ number }) => findPerson(roster, number) === undefined);
  return unknown.filter(({ number }, at) => unknown.findIndex((one) => one.number === number) === at);
}

/** Leading zeros, hyphens and a spreadsheet's decimals do not make another number. */
const core = (number: string) =>
  number
    .replace(/\.0+$/, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/^0+(?=.)/, '');

/** Whether two numbers could be one that two systems write differently: `01077`, `1077` and `1077.0`. */
export const looksLike = (one: string, other: string): boolean => core(one) === core(other);

/** The person whom the number looks like, if there is only one. */
export function likelyPerson(roster: Roster, number: string): StaffMember | undefined {
  const likely = roster.filter((person) =>
    [person.employeeNumber, ...(person.otherNumbers ?? [])].some((known) => looksLike(known, number)),
  );
  return likely.length === 1 ? likely[0] : undefined;
}
