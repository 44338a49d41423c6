import { localDate, plusMinutes } from '../group/business-time.ts';
import type { StoreWatch } from '../my-day/store-schedule.ts';
import { findPerson, isActive, type Roster, type StaffMember } from '../people/staff.ts';
import type { Context } from './draft.ts';
import { hash } from './keys.ts';
import { routeOn } from './reassign.ts';
import { isOpen, type Task } from './task.ts';

/**
 * People leave, or are suspended: what they had moves on by the routing rules. Only a date that has come says so; a
 * row that vanished from a file never does.
 */
export const isGone = (person: StaffMember, today: string): boolean =>
  person.startsOn <= today && !isActive(person, today);

export const leaversOf = (roster: Roster, today: string): StaffMember[] =>
  roster.filter((person) => isGone(person, today));

/** Colleagues need not read that somebody is suspended. */
const whyOf = ({ suspendedFrom }: StaffMember) =>
  suspendedFrom === undefined
    ? 'The person who had this has left.'
    : 'The person who had this is not at work for now.';

/** Moves what a leaver has. What rests moves on the day it comes back: until then nobody has to do anything about it. */
export function moveFromLeaver(task: Task, context: Context): Task {
  const { assignee } = task;
  const has = assignee && findPerson(context.roster, assignee.employeeNumber);
  if (!isOpen(task) || !has || !isGone(has, localDate(context.store.timeZone, context.now))) return task;
  const silent = withoutEmailsTo(task, has.employeeNumber);
  return routeOn(silent, { why: whyOf(has), by: 'roster', declined: false }, context);
}

/** Nothing that is still owed follows somebody to a mailbox that is not theirs any more. */
function withoutEmailsTo(task: Task, staff: string): Task {
  const outbox = task.outbox.map((entry) =>
    entry.type === 'email' && entry.state === 'owed' && entry.to !== 'customer' && entry.to.staff === staff
      ? { ...entry, state: 'lapsed' as const, reason: 'the person is not here any more' }
      : entry,
  );
  return { ...task, outbox };
}

/**
 * So long after the last change among a store's leavers, and after the last task that was found with one, every sweep
 * looks again: a choice can be taken back for two hours, a roster is read from memory for a minute, an index lags.
 */
const LOOK_AGAIN_MINUTES = 180;

/** One name for who all has left by now: another name says that somebody's last day has passed or changed. */
const nameOf = (leavers: readonly StaffMember[]): string =>
  hash(
    leavers
      .map((person) => [person.employeeNumber, person.endsOn, person.suspendedFrom].join(' '))
      .toSorted(),
  );

/** Whether a sweep has to ask what the leavers of a store have: when nobody left lately, it asks nothing. */
export function mustLook(watch: StoreWatch, leavers: readonly StaffMember[], now: string): boolean {
  if (leavers.length === 0) return false;
  return (
    watch.leavers.known !== nameOf(leavers) || plusMinutes(watch.leavers.since, LOOK_AGAIN_MINUTES) > now
  );
}

/** What is remembered after a look: nothing new where nobody left and nothing was found. */
export function afterLook(
  watch: StoreWatch,
  leavers: readonly StaffMember[],
  found: boolean,
  now: string,
): StoreWatch {
  const known = nameOf(leavers);
  return found || known !== watch.leavers.known ? { ...watch, leavers: { known, since: now } } : watch;
}
