import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { toItem } from '../../functions/adapters/dynamodb.ts';
import { keys } from '../../functions/adapters/keys.ts';
import { type StaffMember, staffMember } from '../../functions/people/staff.ts';
import type { Item } from './expression.ts';

/** The demo group's people, from its sample file. */
export const people: readonly StaffMember[] = readRoster();

export const staffItem = (person: StaffMember): Item =>
  toItem({ ...keys.staff(person.storeId, person.employeeNumber), type: 'staff', ...person });

export const rosterItems: readonly Item[] = people.map(staffItem);

function readRoster(): StaffMember[] {
  const rows: Record<string, string>[] = parse(
    readFileSync(new URL('../../samples/roster.csv', import.meta.url)),
    { columns: true },
  );
  return rows.map((row) =>
    staffMember.parse({
      storeId: row['store'],
      employeeNumber: row['employee number'],
      name: row['name'],
      role: row['role'],
      email: row['email'],
      startsOn: row['start date'],
      endsOn: row['end date'] || undefined,
      daysOff: row['days off'] ? row['days off'].split(';') : [],
      partnerNumber: row['partner'] || undefined,
    }),
  );
}
