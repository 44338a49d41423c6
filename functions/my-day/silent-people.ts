import type { Silence } from '../handoff/kind.ts';
import type { Task } from '../handoff/task.ts';
import { type Words, words } from '../mail/words.ts';
import type { StoreToday } from './worklist.ts';

/** The label of the number in a manager's list and on their page. */
export const SILENT = 'Didn’t answer a sheet in time';

/** Who was asked and did not answer since the last open day, and how often: `Sam Delgado 2`. Undefined if nobody. */
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
