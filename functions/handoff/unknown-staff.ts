import { personNamed } from '../people/across-stores.ts';
import { type UnknownNumber, unknownStaff } from '../people/unknown-numbers.ts';
import type { Context } from './context.ts';
import type { Kind } from './kind.ts';
import type { Task } from './task.ts';
import { log } from './task-changes.ts';

interface Noticed {
  readonly task: Task;
  /** The entries for the list of unknown numbers. */
  readonly unknown: readonly UnknownNumber[];
}

/** A task that has ended, or that nobody was notified of, needs no action. */
const states: readonly Task['state'][] = ['waiting', 'open', 'accepted'];

/**
 * Logs each employee number that is not on the roster, once a task: the handoff goes to somebody else, and the wrong number
 * would misroute the next one as well.
 */
export function noticeUnknownStaff(
  task: Task,
  kind: Pick<Kind, 'staffNamed' | 'eventNumbers'>,
  { now, roster }: Pick<Context, 'now' | 'roster'>,
): Noticed {
  if (!states.includes(task.state)) return { task, unknown: [] };
  const fresh = unknownStaff(kind.staffNamed(task), roster).filter(({ number }) => !isLogged(task, number));
  const example = exampleOf(task, kind);
  return {
    task: fresh.reduce<Task>(
      (logged, named) => log(logged, { what: 'unknown employee', at: now, by: 'dms', ...named }),
      task,
    ),
    unknown: fresh.map(({ role, number }) => {
      const { storeId, employeeNumber } = personNamed(task.storeId, number);
      return { role, number: employeeNumber, storeId, seenAt: now, example };
    }),
  };
}

const isLogged = (task: Task, number: string): boolean =>
  task.log.some((entry) => entry.what === 'unknown employee' && entry.number === number);

const labels: Readonly<Record<string, string>> = { dealNumber: 'deal', roNumber: 'RO' };

/** The number that an operator looks up in the DMS; it says nothing about the customer. */
function exampleOf(task: Task, { eventNumbers }: Pick<Kind, 'eventNumbers'>): string {
  const [first] = Object.entries(eventNumbers(task)).filter(([name]) => name in labels);
  return first ? `${labels[first[0]]} ${String(first[1])}` : `task ${task.taskId}`;
}
