import { isMistake } from './choices.ts';
import { isQuestion, lapseQueued } from './outbox.ts';
import { notifiedStaff, queueEmail, queueEvent } from './queue.ts';
import { isEnded, type MessageOf, type OutcomeOf, type Task } from './task.ts';
import { clearDeadlines, lockUndo, step } from './task-changes.ts';

export interface Ending<T extends Task> {
  /**
   * `outcome`: a choice or a visit. `closing fact`: a fact that cancels the subject. `given up`: nobody finished it in time.
   */
  readonly trigger: 'outcome' | 'closing fact' | 'given up';
  readonly outcome: OutcomeOf<T>;
  /** An employee number, or `dms`, `clock`, `advisor`. */
  readonly by: string;
  /** Employee number of a person who learns of the ending from a related handoff, and so gets no closing email. */
  readonly knownTo?: string | undefined;
  /** Sent to the assignee alone, instead of the closing email to everybody. */
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
      // A completed task keeps its question to staff: whether the customer got the letter still matters.
      outbox: lapseQueued(
        stepped.outbox,
        { code: 'ended', outcome },
        (entry) => over.state === 'completed' && !isMistake(over) && isQuestion(entry),
      ),
    },
    // Unless a fact cancelled the subject, these deadlines keep running: a sale still needs a first service, and a quote still
    // needs its last lines.
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
