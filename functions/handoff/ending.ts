import { lapseOwed } from './outbox.ts';
import { queueEmail, queueEvent, toldStaff } from './queue.ts';
import { isEnded, type OutcomeOf, type Task } from './task.ts';
import { clearDeadlines, lockUndo, step } from './task-changes.ts';

export interface Ending<T extends Task> {
  /** By a choice or a visit, by a fact that takes its subject away, or because nobody finished it. */
  readonly trigger: 'outcome' | 'closing fact' | 'given up';
  readonly outcome: OutcomeOf<T>;
  /** An employee number, or `dms`, `clock`, `advisor`. */
  readonly by: string;
}

/** Ends a task: emails that are still owed lapse, and everyone who was told of it is told of the end. */
export function end<T extends Task>(task: T, now: string, { trigger, outcome, by }: Ending<T>): T {
  if (isEnded(task)) return lockUndo(task);
  const readers = toldStaff(task).filter((number) => number !== by);
  const stepped = step(task, { trigger, now, by, outcome });
  const ended = clearDeadlines(
    {
      ...stepped,
      ended: { at: now, by, outcome },
      outbox: lapseOwed(stepped.outbox, { code: 'ended', outcome }),
    },
    // Ending the handoff does not cancel the sale: keep its first-service deadline.
    ...(trigger === 'closing fact' ? [] : (['raise-first-service'] as const)),
  );
  const told = readers.reduce<T>(
    (one, staff) => queueEmail(one, now, { message: 'handoff-closed', to: { staff }, again: true }),
    ended,
  );
  if (task.state === 'awaited' || task.state === 'history') return told;
  const event = trigger === 'outcome' ? 'handoff-task-completed' : 'handoff-task-cancelled';
  return queueEvent(told, now, event, { code: 'ended', outcome });
}
