import { isEmail, isToCustomer } from './outbox.ts';
import type { EmailEntry, OutboxEntry } from './outbox-entry.ts';
import { isOpen, type Task } from './task.ts';

/**
 * What was owed while nothing could be sent may have lost its moment: each entry that says nothing true any more is
 * recorded instead, with the reason. Asked in every write, before anything is sent.
 */
export function lapsePast<T extends Task>(task: T): T {
  return { ...task, outbox: task.outbox.map((entry) => lapsedIf(whyPast(task, entry), entry)) };
}

function lapsedIf(reason: string | undefined, entry: OutboxEntry): OutboxEntry {
  return reason === undefined ? entry : { ...entry, state: 'lapsed', reason };
}

function whyPast(task: Task, entry: OutboxEntry): string | undefined {
  if (!isEmail(entry) || entry.state !== 'owed') return undefined;
  return whyOver(task, entry) ?? whyNotLate(task, entry);
}

/**
 * It was in somebody's hands while its task ended, and came back unsent. An email to the customer of a task that is
 * done may still go: the sale stands, and a person may have chosen to send it again.
 */
function whyOver({ ended, state }: Task, entry: EmailEntry): string | undefined {
  const mayGo = isToCustomer(entry) && state !== 'cancelled';
  if (!ended || entry.owedAt >= ended.at || mayGo) return undefined;
  return `the task ended: ${ended.outcome}`;
}

/** A reminder or an escalation about a clock that was stopped since: accepted, put by, or with somebody else. */
function whyNotLate(task: Task, { message, to, note = {} }: EmailEntry): string | undefined {
  // With a reason of its own it tells of something else than the clock.
  if (!isOfClock(message) || note['why'] !== undefined) return undefined;
  const isLate = note['late'] === 'accept' ? task.state === 'open' : isOpen(task);
  if (!isLate) return `nobody is late to ${note['late']} any more`;
  const isTheirs = to !== 'customer' && to.staff === task.assignee?.employeeNumber;
  return message === 'reminder' && !isTheirs ? 'somebody else has it now' : undefined;
}

const isOfClock = (message: string) => message === 'reminder' || message === 'escalation';
