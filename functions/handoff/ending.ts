import { isMistake } from './choices.ts';
import { isQuestion, lapseQueued } from './outbox.ts';
import { notifiedStaff, queueEmail, queueEvent } from './queue.ts';
import { isEnded, type MessageOf, type OutcomeOf, type Task } from './task.ts';
import { clearDeadlines, lockUndo, step } from './task-changes.ts';

export interface Ending<T extends Task> {
  /** A choice or a visit, a fact that cancels the subject, or nobody finished it in time. */
  readonly trigger: 'outcome' | 'closing fact' | 'given up';
  readonly outcome: OutcomeOf<T>;
  /** An employee number, or `dms`, `clock`, `advisor`. */
  readonly by: string;
  /** Who hears of it from another handoff about the same, by employee number. */
  readonly knownTo?: string | undefined;
  /** Goes to the assignee alone, in place of the closing email to everybody. */
  readonly notice?: MessageOf<T>;
}

/** Ends a task: queued emails lapse, and everyone who got an email about the task gets one about its end. */
export function end<T extends Task>(task: T, now: string, ending: Ending<T>): T {
  const { trigger, outcome, by, knownTo, notice } = ending;
  if (isEnded(task)) return lockUndo(task);
  const message: MessageOf<T> = notice ?? 'handoff-closed';
  const readers = notice
    ? assigneeOf(task)
    : notifiedStaff(task).filter((number) => number !== by && number !== knownTo);
  const stepped = step(task, { trigger, now, by, outcome });
  const over = { ...stepped, ended: { at: now, by, outcome } };
  const ended = clearDeadlines(
    {
      ...over,
      // Whether the customer got a letter of a completed task still matters, to the person who was to be asked.
      outbox: lapseQueued(
        stepped.outbox,
        { code: 'ended', outcome },
        (entry) => over.state === 'completed' && !isMistake(over) && isQuestion(entry),
      ),
    },
    // The sale still needs a first service, and a quote its last lines, unless a fact cancelled it: these go on.
    ...(trigger === 'closing fact' ? [] : (['raise-first-service', 'settle'] as const)),
  );
  const notified = readers.reduce<T>(
    (current, staff) => queueEmail(current, now, { message, to: { staff }, again: true }),
    ended,
  );
  if (task.state === 'awaited' || task.state === 'history') return notified;
  const event = trigger === 'outcome' ? 'handoff-task-completed' : 'handoff-task-cancelled';
  return queueEvent(notified, now, event, { code: 'ended', outcome });
}

const assigneeOf = ({ assignee }: Task): string[] => (assignee ? [assignee.employeeNumber] : []);
