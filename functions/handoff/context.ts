import { type Calendar, calendarOf, type LocalDate, localDate } from '../group/business-time.ts';
import type { Department, Group, Store } from '../group/group.ts';
import { findPerson, isActive, type Roster, type StaffMember } from '../people/staff.ts';

interface Given {
  /** The instant of the decision, UTC. */
  readonly now: string;
  readonly group: Group;
  /** The store whose people take the handoff. */
  readonly store: Store;
  /** The store's people; for a handoff across two stores, its Service and the selling store's Sales. */
  readonly roster: Roster;
  /** The store that sold the car, if another store services it. */
  readonly soldAt?: Store;
  /** When a person last answered a handoff, if recently. Known only where a decision needs it. */
  readonly lastSeen?: (employeeNumber: string) => string | undefined;
}

/** What a decision may depend on besides the task: the store, its people, the time. Passed in, so decisions stay pure. */
export interface Context extends Given {
  /** The store that sold the car, usually the same. */
  readonly soldAt: Store;
  readonly lastSeen: (employeeNumber: string) => string | undefined;
  /** The store's date. */
  readonly today: LocalDate;
  /** Opening hours of the store's Service or the selling store's Sales; with a person, minus that person's days off. */
  readonly calendar: (department: Department, person?: StaffMember) => Calendar;
  /** Anybody on the roster, including people who left. */
  readonly person: (employeeNumber: string | undefined) => StaffMember | undefined;
  /** Anybody employed today; undefined for people who left. */
  readonly employed: (employeeNumber: string | undefined) => StaffMember | undefined;
}

export function contextAt({
  now,
  group,
  store,
  roster,
  soldAt = store,
  lastSeen = () => undefined,
}: Given): Context {
  const today = localDate(store.timeZone, now);
  const person = (employeeNumber: string | undefined) =>
    employeeNumber === undefined ? undefined : findPerson(roster, employeeNumber);
  return {
    now,
    group,
    store,
    soldAt,
    lastSeen,
    roster,
    today,
    calendar: (department, person) =>
      calendarOf(department === 'sales' ? soldAt : store, department, person?.daysOff ?? []),
    person,
    employed: (employeeNumber) => {
      const found = person(employeeNumber);
      return found && isActive(found, today) ? found : undefined;
    },
  };
}

/** The same store at a later instant: a slow delivery is recorded with the time at which it finished. */
export const later = (context: Context, now: string): Context => contextAt({ ...context, now });
