import type { Context } from '../handoff/context.ts';
import { isEmail, later, reschedule, type SendResult } from '../handoff/outbox.ts';
import { type EmailEntry, isStaff, type OutboxEntry } from '../handoff/outbox-entry.ts';
import type { Task } from '../handoff/task.ts';
import { leavesOf } from '../handoffs/letters.ts';
import { withLine } from '../my-day/list-lines.ts';
import { listTimeFrom } from '../my-day/list-times.ts';
import { blankDay, dayIdOf } from '../my-day/my-day.ts';
import type { OneAtATime } from '../one-at-a-time.ts';
import { personNamed } from '../people/across-stores.ts';
import { departmentOf, type StaffMember } from '../people/staff.ts';
import type { Clock, TaskStore } from '../ports.ts';
import { CONFLICT, untilWritten } from '../until-written.ts';
import { nobodyToWriteTo } from './write-email.ts';

/**
 * Emails that wait for a person's next list. Until then they stay in the outbox of their handoff, where a correction can still
 * take them back. When the list is due, each becomes a line of it, and the list leaves as one email.
 */
interface ListServices {
  readonly tasks: Pick<TaskStore, 'readDay' | 'write'>;
  readonly clock: Clock;
  /** Set in a sweep: lists that became due after `since` leave when it ends. */
  readonly sweep?: ListsOfSweep;
}

export interface ListsOfSweep {
  readonly since: string;
  readonly listed: (dayId: string) => void;
  /** One sweep adds many lines to a list. They are added one at a time, because each of them writes the same item. */
  readonly inTurn: OneAtATime;
}

/** Schedules each email that belongs in a list for its reader's next one. Scheduling it again changes nothing. */
export function scheduleForLists(services: ListServices, task: Task, context: Context): Task {
  // A list due at this very instant leaves with the current sweep, which may be over, so look for a later one.
  const from = services.sweep?.since ?? later(services.clock.now(), 1);
  const outbox = task.outbox.map((entry) => scheduled(entry, task, from, context));
  return { ...task, outbox };
}

function scheduled(entry: OutboxEntry, task: Task, from: string, context: Context): OutboxEntry {
  if (!isEmail(entry) || entry.state !== 'owed' || leavesOf(task, entry) !== 'next list') return entry;
  // It was tried before, so the list may already have the line. Do not reschedule it for a later list: by then, the person's
  // item may have forgotten the line and would take it again.
  if (entry.asLine && entry.attempts > 0) return entry;
  const reader = readerOf(entry, context);
  if (!reader) return entry;
  const at = listTimeFrom(calendarOf(reader, context), entry.notBefore ?? from);
  const isTooLate = (needed: string | undefined) => needed !== undefined && needed <= at;
  return isTooLate(entry.neededBy) || isTooLate(entry.lapsesAt)
    ? entry
    : { ...reschedule(entry, at), asLine: true };
}

/**
 * Whether it is delivered as a line of a list rather than as an email. An email that cannot wait for the next list was never
 * scheduled for one.
 */
export function isListed(task: Task, entry: EmailEntry): boolean {
  const leaves = leavesOf(task, entry);
  return leaves === 'reminder' || (leaves === 'next list' && entry.asLine === true);
}

/** Adds the email's line to its reader's list. A retry adds nothing. */
export async function putInList(
  services: ListServices,
  task: Task,
  entry: EmailEntry,
  context: Context,
): Promise<SendResult> {
  const reader = readerOf(entry, context);
  if (!reader) return nobodyToWriteTo;
  const person = personNamed(task.storeId, reader.employeeNumber);
  const dayId = dayIdOf(person.storeId, person.employeeNumber);
  const isLate = leavesOf(task, entry) === 'reminder';
  const line = { task: task.taskId, entry: entry.id, ...(isLate ? { isLate } : {}) };
  const put = () =>
    untilWritten(`The list of a person at ${person.storeId}`, async () => {
      const now = services.clock.now();
      const day = (await services.tasks.readDay(dayId)) ?? blankDay(person, now);
      const next = withLine(day, line, now, calendarOf(reader, context));
      return next === day || (await services.tasks.write(next)) ? undefined : CONFLICT;
    });
  await (services.sweep ? services.sweep.inTurn.run(dayId, put) : put());
  services.sweep?.listed(dayId);
  return { result: 'sent' };
}

const readerOf = ({ to }: EmailEntry, { employed }: Context): StaffMember | undefined =>
  isStaff(to) ? employed(to.staff) : undefined;

const calendarOf = (reader: StaffMember, { calendar }: Context) => calendar(departmentOf(reader), reader);
