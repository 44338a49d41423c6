import type { Group } from '../group/group.ts';
import { hash } from '../group/hash.ts';
import type { TeamAlarm } from '../numbers/weekly/summary.ts';
import { canBeNotified, isManager, type Role, type Roster, type StaffMember } from '../people/staff.ts';

/** Whoever runs the store; where nobody does, those who run its departments. */
export function readersAt(roster: Roster, today: string): StaffMember[] {
  const reachable = roster.filter((person) => canBeNotified(person, today));
  const those = (...roles: readonly Role[]) => reachable.filter(({ role }) => roles.includes(role));
  const generalManagers = those('general manager');
  return generalManagers.length > 0 ? generalManagers : those('sales manager', 'service manager');
}

/** Who hears of what is missing: the manager of the department whose people it is about. */
const toldOf = {
  'referrals-absent': 'service manager',
  'introductions-skipped': 'sales manager',
} as const satisfies Readonly<Record<TeamAlarm['is'], Role>>;

/** The alarms that a manager of a department hears of, and a general manager all. */
export const alarmsFor = (
  { role }: { readonly role?: Role },
  alarms: readonly TeamAlarm[],
): readonly TeamAlarm[] => alarms.filter(({ is }) => role === 'general manager' || toldOf[is] === role);

/** The managers who hear of alarms, and do not read the report in which they stand. */
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

/** Reads the page of a store's numbers for as long as they manage there. */
export const mayReadNumbers = (person: StaffMember): boolean => isManager(person);

/** Somebody who gets the report of the group: known by an address in the group's file alone. */
interface Receiver {
  /** In place of an employee number: a hash, because the outbox holds no address. */
  readonly id: string;
  readonly email: string;
}

const receiverIdOf = (address: string): string =>
  hash(['report receiver', address.toLowerCase()]).slice(0, 16);

export const receiversOf = ({ reportsTo }: Pick<Group, 'reportsTo'>): readonly Receiver[] =>
  reportsTo.map((email) => ({ id: receiverIdOf(email), email }));

/** Whoever was taken off the group's file is no longer found. */
export const findReceiver = (group: Pick<Group, 'reportsTo'>, id: string): Receiver | undefined =>
  receiversOf(group).find((one) => one.id === id);
