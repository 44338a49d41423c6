import type { Group } from '../group/group.ts';
import { hash } from '../group/hash.ts';
import type { TeamAlarm } from '../numbers/weekly/summary.ts';
import { canBeNotified, isManager, type Role, type Roster, type StaffMember } from '../people/staff.ts';

/** The store's general managers; if there are none, its department managers. */
export function readersAt(roster: Roster, today: string): StaffMember[] {
  const reachable = roster.filter((person) => canBeNotified(person, today));
  const those = (...roles: readonly Role[]) => reachable.filter(({ role }) => roles.includes(role));
  const generalManagers = those('general manager');
  return generalManagers.length > 0 ? generalManagers : those('sales manager', 'service manager');
}

/** The role that is told about each alarm: the manager of the department whose people it concerns. */
const toldOf = {
  'referrals-absent': 'service manager',
  'introductions-skipped': 'sales manager',
} as const satisfies Readonly<Record<TeamAlarm['is'], Role>>;

/** The alarms that a reader gets: a department manager those of the department, a general manager all. */
export const alarmsFor = (
  { role }: { readonly role?: Role },
  alarms: readonly TeamAlarm[],
): readonly TeamAlarm[] => alarms.filter(({ is }) => role === 'general manager' || toldOf[is] === role);

/** The managers who have to be told about alarms and do not read the report that contains them. */
export function managersToTell(
  roster: Roster,
  {
    today,
    readers,
    alarms,
  }: {
    readonly today: string;
    readonly readers: readonly StaffMember[];
    readonly alarms: readonly TeamAlarm[];
  },
): StaffMember[] {
  return roster.filter(
    (person) =>
      canBeNotified(person, today) && !readers.includes(person) && alarmsFor(person, alarms).length > 0,
  );
}

/** Managers may read the page of their store's numbers, as long as they manage there. */
export const mayReadNumbers = (person: StaffMember): boolean => isManager(person);

/** A recipient of the group's report, known only by an address in the group's file. */
interface Receiver {
  /** Takes the place of an employee number. It is a hash, because the outbox stores no addresses. */
  readonly id: string;
  readonly email: string;
}

const receiverIdOf = (address: string): string =>
  hash(['report receiver', address.toLowerCase()]).slice(0, 16);

export const receiversOf = ({ reportsTo }: Pick<Group, 'reportsTo'>): readonly Receiver[] =>
  reportsTo.map((email) => ({ id: receiverIdOf(email), email }));

/** Undefined for an address that was removed from the group's file. */
export const findReceiver = (group: Pick<Group, 'reportsTo'>, id: string): Receiver | undefined =>
  receiversOf(group).find((one) => one.id === id);
