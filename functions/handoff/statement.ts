import type { Choice } from './choices.ts';
import type { EventAbout } from './outbox-entry.ts';
import { queueEvent } from './queue.ts';
import type { Task } from './task.ts';

/** Queues the event that stores a choice on the customer's record, or removes it when the choice is undone. */
export function queueStatement<T extends Task>(
  task: T,
  { remembers, forgets }: Pick<Choice, 'remembers' | 'forgets'>,
  now: string,
  takenBack = false,
): T {
  const said = remembers ?? forgets;
  if (said === undefined) return task;
  const isTakenBack = forgets === undefined ? takenBack : !takenBack;
  return queueEvent(task, now, 'customer-answered', { code: 'statement', said, takenBack: isTakenBack });
}

/** The statement as fields of the event's detail. */
export const statementIn = (about: EventAbout | undefined): { said?: string; takenBack?: true } =>
  about?.code === 'statement' ? { said: about.said, ...(about.takenBack ? { takenBack: true } : {}) } : {};
