import type { Group, Store } from '../group/group.ts';
import type { Routed } from '../people/routing.ts';
import type { Roster } from '../people/staff.ts';
import { countOf, type EmailRecord, emailRecords, MOST, mayHaveLeft } from './item-bounds.ts';
import { taskIdOf } from './keys.ts';
import { move, type Trigger } from './lifecycle.ts';
import { earliest, lapseOwed, nextDue, sameRecipient } from './outbox.ts';
import type { EmailEntry, Recipient } from './outbox-entry.ts';
import { type DeadlineName, isEnded, type Task } from './task.ts';

/** What a decision is made in: the moment, the store, its people. All of it is given, nothing is looked up. */
export interface Context {
  readonly now: string;
  readonly group: Group;
  readonly store: Store;
  readonly roster: Roster;
}

/** What came of a fact, a choice or a tick. `task` is what is to be written, unless nothing changed. */
export interface Decision<T extends Task = Task> {
  readonly task: T;
  readonly outcome: string;
  readonly changed: boolean;
}

export const unchanged = <T extends Task>(task: T, outcome: string): Decision<T> => ({
  task,
  outcome,
  changed: false,
});
export const changed = <T extends Task>(task: T, outcome: string): Decision<T> => ({
  task,
  outcome,
  changed: true,
});

/** The fields that every new task begins with, before any fact is in it. */
export function blank(subject: Parameters<typeof taskIdOf>[0], now: string) {
  return {
    schema: 1 as const,
    taskId: taskIdOf(subject),
    version: 0,
    storeId: subject.storeId,
    state: 'awaited' as const,
    createdAt: now,
    updatedAt: now,
    deadlines: {},
    outbox: [],
    entriesMade: 0,
    links: [],
    log: [],
  };
}

/** Keeps the last entries; older ones are in CloudWatch Logs. */
export function log<T extends Task>(task: T, now: string, by: string, what: string, detail?: string): T {
  const entry = { at: now, by, what, ...(detail === undefined ? {} : { detail }) };
  return { ...task, updatedAt: now, log: [...task.log, entry].slice(-MOST.logEntries) };
}

export function step<T extends Task>(task: T, by: Trigger, now: string, who: string, detail?: string): T {
  return log(move(task, by), now, who, by, detail);
}

export function assign<T extends Task>(task: T, to: Routed, now: string): T {
  const assignee = { employeeNumber: to.employeeNumber, reason: to.reason, since: now };
  return log({ ...task, assignee }, now, 'routing', 'assigned', `${to.employeeNumber}: ${to.reason}`);
}

interface OwedEmail {
  readonly message: string;
  readonly to: Recipient;
  readonly notBefore?: string;
  readonly lapsesAt?: string;
  readonly note?: Record<string, string>;
  /** Owes it even where the same was owed before: a second correction, a second booking. */
  readonly again?: boolean;
}

/** Owes an email, once: the same message to the same person is owed again only where that is said. */
export function oweEmail<T extends Task>(task: T, now: string, email: OwedEmail): T {
  const { again = false, ...rest } = email;
  const before = emailsOf(task, email.message, email.to);
  if (before.length > 0 && !again) return task;
  const entry: EmailEntry = {
    type: 'email',
    id: `e${task.entriesMade + 1}`,
    state: 'owed',
    owedAt: now,
    attempts: 0,
    ...rest,
    ...(before.length > 0 ? { round: before.reduce((sum, one) => sum + countOf(one), 1) } : {}),
  };
  return { ...task, entriesMade: task.entriesMade + 1, outbox: [...task.outbox, entry] };
}

export function oweEvent<T extends Task>(task: T, now: string, detailType: string, about?: string): T {
  const entry = {
    type: 'event' as const,
    id: `e${task.entriesMade + 1}`,
    state: 'owed' as const,
    owedAt: now,
    attempts: 0,
    detailType,
    ...(about === undefined ? {} : { about }),
  };
  return { ...task, entriesMade: task.entriesMade + 1, outbox: [...task.outbox, entry] };
}

const emailsOfHandoff = (task: Task): EmailRecord[] =>
  emailRecords(task).filter(({ id }) => numberOf(id) > (task.earlierEntries ?? 0));

/** Entries are numbered as they are made: e1, e2, and so on. */
export const numberOf = (id: string) => Number(id.slice(1));

export function emailsOf(task: Task, message: string, to?: Recipient): EmailRecord[] {
  return emailsOfHandoff(task).filter(
    (entry) => entry.message === message && (to === undefined || sameRecipient(entry.to, to)),
  );
}

export function setDeadline<T extends Task>(task: T, name: DeadlineName, at: string | undefined): T {
  const { [name]: _was, ...others } = task.deadlines;
  return { ...task, deadlines: at === undefined ? others : { ...others, [name]: at } };
}

export function clearDeadlines<T extends Task>(task: T, ...but: readonly DeadlineName[]): T {
  const kept = Object.entries(task.deadlines).filter(([name]) => but.some((one) => one === name));
  return { ...task, deadlines: Object.fromEntries(kept) };
}

/** The staff who were told of this task, or may have been, and so have something to unlearn. */
export function toldStaff(task: Task): string[] {
  const numbers = emailsOfHandoff(task)
    .filter(mayHaveLeft)
    .flatMap((entry) => (entry.to === 'customer' ? [] : [entry.to.staff]));
  return [...new Set(numbers)];
}

/** A fact ended what a choice had ended before: the choice stands, and can't be taken back any more. */
export const sealed = <T extends Task>(task: T): T => ({ ...task, undo: undefined });

/** Ends a task: what is still owed lapses, and everyone who was told hears of this end, but who ended it. */
export function end<T extends Task>(
  task: T,
  now: string,
  by: 'outcome' | 'closing fact' | 'given up',
  how: { outcome: string; who: string },
): T {
  if (isEnded(task)) return sealed(task);
  const wasTold = toldStaff(task).filter((number) => number !== how.who);
  const moved = step(task, by, now, how.who, how.outcome);
  const ended = clearDeadlines(
    {
      ...moved,
      ended: { at: now, by: how.who, outcome: how.outcome },
      outbox: lapseOwed(moved.outbox, `the task ended: ${how.outcome}`),
    },
    // A handoff that is done, or given up, leaves the sale standing: its first service still comes.
    ...(by === 'closing fact' ? [] : (['raise-first-service'] as const)),
  );
  const told = wasTold.reduce(
    (one, staff) => oweEmail(one, now, { message: 'handoff-closed', to: { staff }, again: true }),
    ended,
  );
  if (task.state === 'awaited' || task.state === 'history') return told;
  const event = by === 'outcome' ? 'handoff-task-completed' : 'handoff-task-cancelled';
  return oweEvent(told, now, event, how.outcome);
}

/** The earliest instant at which somebody must look at the task again. Recomputed in every write. */
export function dueAtOf(task: Task): string | undefined {
  return earliest([...Object.values(task.deadlines), nextDue(task.outbox)]);
}
