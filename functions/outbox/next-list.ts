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
 * Emails that wait for a person's next list. Until then they stay in the outbox of their handoff, where a correction still
 * takes them back; as the list's time comes, each becomes a line of it, and the list leaves as one email.
 */
interface ListServices {
  readonly tasks: Pick<TaskStore, 'readDay' | 'write'>;
  readonly clock: Clock;
  /** In a sweep: lists whose time came after `since` leave at its end. */
  readonly sweep?: ListsOfSweep;
}

export interface ListsOfSweep {
  readonly since: string;
  readonly listed: (dayId: string) => void;
  /** A list gets many lines in one sweep: in turn, because each of them writes the same item. */
  readonly inTurn: OneAtATime;
}

/** Schedules each email that leaves with a list for the next one of its reader; scheduling again changes nothing. */
export function scheduleForLists(services: ListServices, task: Task, context: Context): Task {
  // The list of this very instant leaves with the sweep, which may have passed.
  const from = services.sweep?.since ?? later(services.clock.now(), 1);
  const outbox = task.outbox.map((entry) => scheduled(entry, task, from, context));
  return { ...task, outbox };
}

function scheduled(entry: OutboxEntry, task: Task, from: string, context: Context): OutboxEntry {
  if (!isEmail(entry) || entry.state !== 'owed' || leavesOf(task, entry) !== 'next list') return entry;
  // The line may be in the list. By the list after that one, the person's item may have forgotten it.
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
 * Whether it is delivered as a line of a list rather than as an email. One that cannot wait for the next list has not been
 * scheduled for it.
 */
export function isListed(task: Task, entry: EmailEntry): boolean {
  const leaves = leavesOf(task, entry);
  return leaves === 'reminder' || (leaves === 'next list' && entry.asLine === true);
}

/** Puts the email's line into its reader's list. Doing so again, after a retry, puts it once. */
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
