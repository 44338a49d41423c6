/** Imports a roster file: plans the changes, shows them, then writes person by person. */

import type { Group } from '../../functions/group/group.ts';
import {
  planRosterChange,
  type RosterPlan,
  type RosterRow,
  type StaffChange,
} from '../../functions/people/roster-change.ts';
import { cellOf, columnOf } from '../../functions/people/roster-fields.ts';
import type { StaffMember } from '../../functions/people/staff.ts';
import { Problem } from '../lib/problem.ts';

export interface People {
  read(storeId: string): Promise<StaffMember[]>;
  put(person: StaffMember, before?: StaffMember): Promise<boolean>;
}

interface RosterImport {
  readonly people: People;
  readonly group: Group;
  readonly rows: readonly RosterRow[];
  readonly now: string;
}

/** After this many conflicts, another import must be running. */
const TRIES = 5;

export async function readEverybody(people: Pick<People, 'read'>, group: Group): Promise<StaffMember[]> {
  const stores = await Promise.all(group.stores.map(({ id }) => people.read(id)));
  return stores.flat();
}

export async function planImport({ people, group, rows, now }: RosterImport): Promise<RosterPlan> {
  return planRosterChange({ current: await readEverybody(people, group), rows, group, now });
}

/**
 * Writes the plan. If somebody else changed a person in the meantime, everything is read and planned again; people
 * already written then need no change. Returns the final plan. Two concurrent imports that each end another manager's
 * employment can leave a store without a manager; the plan's warning says so.
 */
export async function applyPlan(asked: RosterImport, plan: RosterPlan): Promise<RosterPlan> {
  let next = plan;
  for (let tried = 0; tried < TRIES; tried += 1) {
    const written = await writeAll(asked.people, next);
    next = await planImport(asked);
    if (written) return next;
  }
  throw new Problem('The roster keeps changing: another import is at work. Try again when it is done.');
}

/** Adds people before it changes others, so that a new manager exists before the old one leaves. */
async function writeAll(people: People, { added, changed }: RosterPlan): Promise<boolean> {
  for (const person of added) {
    if (!(await people.put(person))) return false;
  }
  for (const { before, after } of changed) {
    if (!(await people.put(after, before))) return false;
  }
  return true;
}

/** The plan in words; a refused row is named as in the file. */
export function describePlan(plan: RosterPlan, rows: readonly RosterRow[]): string[] {
  const { added, changed, unchanged, rejected, warnings } = plan;
  return [
    ...added.map((person) => `  new      ${whoIs(person)}, ${person.role}`),
    ...changed.map((change) => `  change   ${whoIs(change.after)}: ${changesIn(change)}`),
    ...rejected.map(({ line, reason }) => `  refused  line ${line}: ${reason}${whoseRow(rows, line)}`),
    ...warnings.map((warning) => `  note     ${warning}`),
    `${added.length} new, ${changed.length} changed, ${unchanged.length} unchanged, ${rejected.length} refused`,
  ];
}

function whoseRow(rows: readonly RosterRow[], line: number): string {
  const { employeeNumber, name } = rows.find((row) => row.line === line)?.values ?? {};
  const who = [employeeNumber, name].filter((value) => typeof value === 'string');
  return who.length === 0 ? '' : ` (${who.join(' ')})`;
}

function whoIs({ storeId, employeeNumber, name }: StaffMember): string {
  return `${storeId} ${employeeNumber} ${name}`;
}

function changesIn({ before, after, fields }: StaffChange): string {
  return fields
    .map((field) => `${columnOf(field)} ${shown(cellOf(before, field))} → ${shown(cellOf(after, field))}`)
    .join(', ');
}

function shown(cell: string): string {
  return cell === '' ? '(none)' : `'${cell}'`;
}
