import type { Silence } from '../handoff/kind.ts';
import { type Words, words } from '../mail/words.ts';
import type { StaffMember } from '../people/staff.ts';

/** The labels of the numbers in a manager's list and on their page. */
export const SILENT = 'Didn’t answer a sheet in time';
/** Sales did walk the customer over and only forgot to sign, so the label asks for the signature. */
export const UNSIGNED = 'Met Service, walk-over not signed';

/** Names and counts: `Sam Delgado 2`. Undefined if there is nobody. */
export function silentPeople(
  silences: readonly Silence[],
  person: (employeeNumber: string) => StaffMember | undefined,
): Words | undefined {
  const byPerson = Map.groupBy(silences, ({ employeeNumber }) => employeeNumber);
  if (byPerson.size === 0) return undefined;
  return [...byPerson].flatMap(([number, those], at) => {
    const counted = words`${person(number)?.name ?? 'a colleague'} ${those.length}`;
    return at === 0 ? counted : [...words`, `, ...counted];
  });
}
