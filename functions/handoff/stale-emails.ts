import type { Kind } from './kind.ts';
import { isEmail, isQuestion, isToCustomer, lapse } from './outbox.ts';
import { type EmailEntry, type EntryReason, isStaff, type OutboxEntry } from './outbox-entry.ts';
import { isOpen, type Task } from './task.ts';

/**
 * Lapses queued emails that are no longer true, for example after an outage. Applied on every write, before anything is
 * sent.
 */
export function lapseStale<T extends Task>(task: T, kind: Kind, now: string): T {
  return {
    ...task,
    outbox: task.outbox.map((entry) => lapsedIf(staleReason(task, entry, kind, now), entry)),
  };
}

const lapsedIf = (reason: EntryReason | undefined, entry: OutboxEntry): OutboxEntry =>
  reason === undefined ? entry : lapse(entry, reason);

function staleReason(task: Task, entry: OutboxEntry, kind: Kind, now: string): EntryReason | undefined {
  if (!isEmail(entry) || entry.state !== 'owed') return undefined;
  return (
    staleReasonOfEnd(task, entry) ??
    staleReasonOfReturn(task, entry) ??
    staleReasonOfDeadline(task, entry) ??
    kind.staleReason(task, entry, now)
  );
}

/**
 * An email that was leased while its task ended and came back unsent is stale. An email to the customer of a completed task may
 * still be sent, because the sale is valid and staff may have chosen to send it again. So may a question to staff about such an
 * email.
 */
function staleReasonOfEnd({ ended, state }: Task, entry: EmailEntry): EntryReason | undefined {
  const mayStillGo = (isToCustomer(entry) || isQuestion(entry)) && state !== 'cancelled';
  if (!ended || entry.owedAt >= ended.at || mayStillGo) return undefined;
  return { code: 'ended', outcome: ended.outcome };
}

/** A closing email that waits for a list is stale if the handoff has been reopened. */
const staleReasonOfReturn = ({ ended }: Task, { message }: EmailEntry): EntryReason | undefined =>
  message === 'handoff-closed' && !ended ? { code: 'superseded' } : undefined;

/** A reminder or escalation is stale once its deadline was stopped: the task was accepted, snoozed or reassigned. */
function staleReasonOfDeadline(task: Task, { message, to, note }: EmailEntry): EntryReason | undefined {
  if (note?.code !== 'late') return undefined;
  const { deadline } = note;
  const isLate = deadline === 'accept' ? task.state === 'open' : isOpen(task);
  if (!isLate) return { code: 'not-late-any-more', deadline };
  const isTheirs = isStaff(to) && to.staff === task.assignee?.employeeNumber;
  return message === 'reminder' && !isTheirs ? { code: 'with-somebody-else' } : undefined;
}
