import { readFileSync } from 'node:fs';
import { readRosterCsv } from '../../../bin/roster/csv.ts';
import { parseGroup } from '../../../functions/group/group-file.ts';
import { planRosterChange, type RosterRow } from '../../../functions/people/roster-change.ts';
import type { StaffMember } from '../../../functions/people/staff.ts';
import demo from '../../../groups/demo.json' with { type: 'json' };

export const group = parseGroup(demo);
export const now = '2026-11-20T18:00:00.000Z';
export const sampleText = readFileSync('samples/roster.csv', 'utf8');

export function planFor(current: readonly StaffMember[], rows: readonly RosterRow[], at = now) {
  return planRosterChange({ current, rows, group, now: at });
}

export const planCsv = (current: readonly StaffMember[], text: string) =>
  planFor(current, readRosterCsv(text).rows);

/** The people of samples/roster.csv. */
export const samplePeople = planCsv([], sampleText).added;

export function personOf(employeeNumber: string): StaffMember {
  const found = samplePeople.find((one) => one.employeeNumber === employeeNumber);
  if (!found) throw new Error(`${employeeNumber} is not in samples/roster.csv`);
  return found;
}
