import { localDate } from './business-time.ts';
import { departmentOf } from './clocks.ts';
import type { Context } from './draft.ts';
import { oweEmail } from './draft.ts';
import { isEmail, isToCustomer } from './outbox.ts';
import type { OutboxEntry } from './outbox-entry.ts';
import { findManager } from './routing.ts';
import { findPerson, isActive } from './staff.ts';
import type { Task } from './task.ts';

/**
 * An email to the customer that could not be sent, or of which nobody can say whether it was, is a question of a
 * named person: the one who has the task, else the manager. Asked once for each such email.
 */
export function askAboutUnsent<T extends Task>(task: T, context: Context): T {
  if (task.state === 'cancelled') return forgetQuestions(task);
  return task.outbox.filter(isToCustomer).reduce<T>((one, entry) => {
    const problem = problemOf(entry);
    if (problem === undefined || alreadyAsked(one, entry.id, problem)) return one;
    const staff = whoToAsk(one, context);
    if (staff === undefined) return one;
    return oweEmail(one, context.now, {
      message: 'customer-email-problem',
      to: { staff },
      note: { problem, entry: entry.id },
      again: true,
    });
  }, task);
}

/** What was cancelled needs no answer: the sale that the email was about is no more. */
function forgetQuestions<T extends Task>(task: T): T {
  if (!task.outbox.some((entry) => entry.state === 'asked')) return task;
  const outbox = task.outbox.map(
    (entry): OutboxEntry =>
      entry.state === 'asked' ? { ...entry, state: 'lapsed', reason: 'the task was cancelled' } : entry,
  );
  return { ...task, outbox };
}

function problemOf(entry: { state: string; reported?: string | undefined }): string | undefined {
  if (entry.reported === 'bounced') return 'bounced';
  if (entry.state === 'asked') return 'unknown';
  return entry.state === 'given-up' ? 'refused' : undefined;
}

function alreadyAsked(task: Task, entryId: string, problem: string): boolean {
  return task.outbox
    .filter(isEmail)
    .some(
      (entry) =>
        entry.message === 'customer-email-problem' &&
        entry.note?.['entry'] === entryId &&
        entry.note['problem'] === problem,
    );
}

function whoToAsk(task: Task, { roster, store, now }: Context): string | undefined {
  const on = localDate(store.timeZone, now);
  const has = task.assignee && findPerson(roster, task.assignee.employeeNumber);
  if (has && isActive(has, on)) return has.employeeNumber;
  return findManager({ department: departmentOf(task), roster, on })?.employeeNumber;
}
