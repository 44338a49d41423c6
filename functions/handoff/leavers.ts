import { plusMinutes } from '../group/business-time.ts';
import { hash } from '../group/hash.ts';
import { isActive, type Roster, type StaffMember } from '../people/staff.ts';
import type { Context } from './context.ts';
import type { Kind } from './kind.ts';
import { lapse } from './outbox.ts';
import { isStaff, type MoveReason } from './outbox-entry.ts';
import { routeOn } from './reassign.ts';
import { isOpen, type Task } from './task.ts';

/**
 * When people leave or are suspended, the routing rules reassign their tasks. Only an end date marks a leaver; a
 * missing row never does.
 */
const isGone = (person: StaffMember, today: string): boolean =>
  person.startsOn <= today && !isActive(person, today);

export const leaversOf = (roster: Roster, today: string): StaffMember[] =>
  roster.filter((person) => isGone(person, today));

/** Colleagues must not learn that somebody is suspended. */
const reasonOf = ({ suspendedFrom }: StaffMember): MoveReason =>
  suspendedFrom === undefined ? { code: 'left' } : { code: 'suspended' };

/** Reassigns a leaver's task. A snoozed task moves on the day it returns; nobody is needed until then. */
export function moveFromLeaver(task: Task, kind: Kind, context: Context): Task {
  const holder = context.person(task.assignee?.employeeNumber);
  if (!isOpen(task) || !holder || !isGone(holder, context.today)) return task;
  const silent = withoutEmailsTo(task, holder.employeeNumber);
  return routeOn(silent, kind, { why: reasonOf(holder), by: 'roster' }, context);
}

/** Queued emails must not go to a mailbox that no longer belongs to the person. */
function withoutEmailsTo(task: Task, staff: string): Task {
  const outbox = task.outbox.map((entry) =>
    entry.type === 'email' && entry.state === 'owed' && isStaff(entry.to) && entry.to.staff === staff
      ? lapse(entry, { code: 'person-gone' })
      : entry,
  );
  return { ...task, outbox };
}

/**
 * Every sweep keeps checking for this long after the last change among a store's leavers, because a choice can be taken
 * back for two hours, a roster is cached for a minute, and an index lags.
 */
const KEEP_CHECKING_MINUTES = 180;

/** A store's leavers at the last check. */
export interface KnownLeavers {
  readonly known: string;
  readonly since: string;
}

/** A fingerprint of the current leavers; it changes when somebody's last day passes or is changed. */
const fingerprintOf = (leavers: readonly StaffMember[]): string =>
  hash(
    leavers
      .map((person) => [person.employeeNumber, person.endsOn, person.suspendedFrom].join(' '))
      .toSorted(),
  );

/** Whether a sweep has to look up the tasks of a store's leavers. Usually nobody has left lately, and no read is needed. */
export function mustCheckLeavers(
  before: KnownLeavers,
  leavers: readonly StaffMember[],
  now: string,
): boolean {
  if (leavers.length === 0) return false;
  return before.known !== fingerprintOf(leavers) || plusMinutes(before.since, KEEP_CHECKING_MINUTES) > now;
}

/** What to store after a check; the same object when nothing changed. */
export function afterLeaverCheck(
  before: KnownLeavers,
  leavers: readonly StaffMember[],
  found: boolean,
  now: string,
): KnownLeavers {
  const known = fingerprintOf(leavers);
  return found || known !== before.known ? { known, since: now } : before;
}
