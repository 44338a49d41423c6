import { countOf, type EmailRecord, emailRecords, mayHaveLeft } from './item-bounds.ts';
import { sameRecipient } from './outbox.ts';
import type { EmailNote, EventAbout, Recipient } from './outbox-entry.ts';
import type { EmailOwnOf, MessageOf, Task } from './task.ts';

/** What a task still has to send: emails and events that its decisions put into the outbox. */
export interface QueuedEmail<T extends Task> {
  readonly message: MessageOf<T>;
  readonly to: Recipient;
  readonly notBefore?: string;
  /** After this instant it is too late to send. */
  readonly lapsesAt?: string;
  readonly note?: EmailNote;
  /** What only this kind of handoff says in this email. */
  readonly own?: EmailOwnOf<T>;
  readonly freshLink?: boolean;
  /** Queues it even when the same was queued before: a second correction, a second booking. */
  readonly again?: boolean;
}

/** Queues an email. A duplicate (same message, same recipient) is ignored unless `again` is set. */
export function queueEmail<T extends Task>(task: T, now: string, email: QueuedEmail<T>): T {
  const { again = false, ...rest } = email;
  const before = emailsOf(task, email.message, email.to);
  if (before.length > 0 && !again) return task;
  const entry = {
    type: 'email' as const,
    id: nextId(task),
    state: 'owed' as const,
    owedAt: now,
    attempts: 0,
    ...rest,
    ...(before.length > 0 ? { round: before.reduce((sum, one) => sum + countOf(one), 1) } : {}),
  };
  return { ...task, entriesMade: task.entriesMade + 1, outbox: [...task.outbox, entry] };
}

export function queueEvent<T extends Task>(task: T, now: string, detailType: string, about?: EventAbout): T {
  const entry = {
    type: 'event' as const,
    id: nextId(task),
    state: 'owed' as const,
    owedAt: now,
    attempts: 0,
    detailType,
    ...(about === undefined ? {} : { about }),
  };
  return { ...task, entriesMade: task.entriesMade + 1, outbox: [...task.outbox, entry] };
}

const nextId = ({ entriesMade }: Task) => `e${entriesMade + 1}`;

/** Entries are numbered as they are made: e1, e2, and so on. */
export const numberOf = (id: string) => Number(id.slice(1));

const emailsOfHandoff = (task: Task): EmailRecord[] =>
  emailRecords(task).filter(({ id }) => numberOf(id) > (task.earlierEntries ?? 0));

/** The emails of this message that were queued for this handoff, whatever came of them. */
export const emailsOf = (task: Task, message: string, to?: Recipient): EmailRecord[] =>
  emailsOfHandoff(task).filter(
    (record) => record.message === message && (to === undefined || sameRecipient(record.to, to)),
  );

/** The staff who were told of this handoff, or may have been, and so have something to unlearn. */
export function toldStaff(task: Task): string[] {
  const numbers = emailsOfHandoff(task)
    .filter(mayHaveLeft)
    .flatMap(({ to }) => (to === 'customer' ? [] : [to.staff]));
  return [...new Set(numbers)];
}
