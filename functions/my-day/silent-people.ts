import type { Silence } from '../handoff/kind.ts';
import type { Task } from '../handoff/task.ts';
import { type Words, words } from '../mail/words.ts';
import type { StoreToday } from './worklist.ts';

/** The labels of the numbers in a manager's list and on their page. */
export const SILENT = 'Didn’t answer a sheet in time';
/** Sales was not at fault where it walked over and forgot to say so, so the label asks for the signature. */
export const UNSIGNED = 'Met Service, walk-over not signed';

/** Who did not answer, or did not sign, since the last open day, and how often: `Sam Delgado 2`. Undefined if nobody. */
export function silentPeople(
  { open, done, doneSince }: StoreToday,
  silenceOf: (task: Task) => Silence | undefined,
  nameOf: (employeeNumber: string) => string | undefined,
): Words | undefined {
  const silences = [...open, ...done]
    .flatMap((task) => silenceOf(task) ?? [])
    .filter(({ at }) => at >= doneSince);
  const byPerson = Map.groupBy(silences, ({ employeeNumber }) => employeeNumber);
  if (byPerson.size === 0) return undefined;
  return [...byPerson].flatMap(([number, those], at) => {
    const counted = words`${nameOf(number) ?? 'a colleague'} ${those.length}`;
    return at === 0 ? counted : [...words`, `, ...counted];
  });
}
