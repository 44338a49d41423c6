import { countOf, type EmailRecord, emailRecords, mayHaveLeft } from './item-bounds.ts';
import { sameRecipient } from './outbox.ts';
import { type EmailNote, type EventAbout, type Recipient, staffIn } from './outbox-entry.ts';
import type { EmailOwnOf, MessageOf, Task } from './task.ts';

/** An email that a decision puts into the outbox. */
export interface QueuedEmail<T extends Task> {
  readonly message: MessageOf<T>;
  readonly to: Recipient;
  readonly notBefore?: string;
  /** Too late to send after this instant. */
  readonly lapsesAt?: string;
  /** After this instant it is too late for its reader, though it is still worth sending. */
  readonly neededBy?: string;
  readonly note?: EmailNote;
  /** Fields for this email that only this kind of handoff has. */
  readonly own?: EmailOwnOf<T>;
  readonly freshLink?: boolean;
  /** Queues it even if it is a duplicate, such as a second correction or a second booking. */
  readonly again?: boolean;
}

/** Queues an email. A duplicate (same message, same recipient) is ignored unless `again` is set. */
export function queueEmail<T extends Task>(task: T, now: string, email: QueuedEmail<T>): T {
  const { again = false, ...queued } = email;
  const before = emailsOf(task, email.message, email.to);
  if (before.length > 0 && !again) return task;
  const entry = {
    type: 'email' as const,
    id: nextId(task),
    state: 'owed' as const,
    owedAt: now,
    attempts: 0,
    ...queued,
    ...(before.length > 0 ? { round: before.reduce((sum, record) => sum + countOf(record), 1) } : {}),
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

/** Entries are numbered in the order of their creation: e1, e2, and so on. */
export const numberOf = (id: string) => Number(id.slice(1));

/** Whether it was queued for this handoff, and not for one that ended before this one began in the same item. */
export const isOfThisHandoff =
  ({ earlierEntries = 0 }: Task) =>
  ({ id }: { readonly id: string }): boolean =>
    numberOf(id) > earlierEntries;

const emailsOfHandoff = (task: Task): EmailRecord[] => emailRecords(task).filter(isOfThisHandoff(task));

/** All emails with this message that were queued for this handoff, sent or not. */
export const emailsOf = (task: Task, message: string, to?: Recipient): EmailRecord[] =>
  emailsOfHandoff(task).filter(
    (record) => record.message === message && (to === undefined || sameRecipient(record.to, to)),
  );

/** Staff who got, or may have got, an email about this handoff, and so need a correction when it changes. */
export function notifiedStaff(task: Task): string[] {
  const numbers = emailsOfHandoff(task)
    .filter(mayHaveLeft)
    .flatMap(({ to }) => staffIn(to));
  return [...new Set(numbers)];
}
