import { type Calendar, calendarOf, type LocalDate, localDate } from '../group/business-time.ts';
import type { Department, Group, Store } from '../group/group.ts';
import { findPerson, isActive, type Roster, type StaffMember } from '../people/staff.ts';

interface Given {
  /** The instant of the decision, UTC. */
  readonly now: string;
  readonly group: Group;
  readonly store: Store;
  readonly roster: Roster;
}

/** Where and when a decision is made: the store, its people, the time. All of it is given; nothing is looked up. */
export interface Context extends Given {
  /** The store's date. */
  readonly today: LocalDate;
  /** When a department of the store is open; with a person, without their days off. */
  readonly calendar: (department: Department, person?: StaffMember) => Calendar;
  /** Anybody in the roster, leavers included. */
  readonly person: (employeeNumber: string | undefined) => StaffMember | undefined;
  /** Anybody who is employed today; a leaver is not found. */
  readonly employed: (employeeNumber: string | undefined) => StaffMember | undefined;
}

export function contextAt({ now, group, store, roster }: Given): Context {
  const today = localDate(store.timeZone, now);
  const person = (employeeNumber: string | undefined) =>
    employeeNumber === undefined ? undefined : findPerson(roster, employeeNumber);
  return {
    now,
    group,
    store,
    roster,
    today,
    calendar: (department, one) => calendarOf(store, department, one?.daysOff ?? []),
    person,
    employed: (employeeNumber) => {
      const found = person(employeeNumber);
      return found && isActive(found, today) ? found : undefined;
    },
  };
}

/** The same store at another instant: a delivery that takes a while is decided by the time it has then. */
export const later = (context: Context, now: string): Context => contextAt({ ...context, now });
