import type { Choice } from './choices.ts';
import type { EventAbout } from './outbox-entry.ts';
import { queueEvent } from './queue.ts';
import type { Task } from './task.ts';

/** Queues the event by which a choice is remembered of its customer, or forgotten when it is taken back. */
export function queueStatement(
  task: Task,
  { remembers, forgets }: Pick<Choice, 'remembers' | 'forgets'>,
  now: string,
  takenBack = false,
): Task {
  const said = remembers ?? forgets;
  if (said === undefined) return task;
  const isTakenBack = forgets === undefined ? takenBack : !takenBack;
  return queueEvent(task, now, 'customer-answered', { code: 'statement', said, takenBack: isTakenBack });
}

/** The same, as the event's detail says it. */
export const statementIn = (about: EventAbout | undefined): { said?: string; takenBack?: true } =>
  about?.code === 'statement' ? { said: about.said, ...(about.takenBack ? { takenBack: true } : {}) } : {};
