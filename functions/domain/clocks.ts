import { addBusinessMinutes, calendarOf, isOpen, localDate, nextOpen } from './business-time.ts';
import { type Context, log, oweEmail, oweEvent, setDeadline } from './draft.ts';
import type { Department } from './group.ts';
import { findManager } from './routing.ts';
import { findPerson } from './staff.ts';
import { isOpen as isOpenTask, type Task } from './task.ts';

/**
 * A handoff that nobody takes up is noticed: at its limit the named person is reminded, when as much time again has
 * passed the manager is told. Business minutes of the task's department and the person's days; each once.
 */
export type Clock = 'accept' | 'complete';
export const clockDeadlines = [
  'accept-reminder',
  'accept-escalation',
  'complete-reminder',
  'complete-escalation',
] as const;
type ClockDeadline = (typeof clockDeadlines)[number];

export const departmentOf = (task: Task): Department =>
  task.kind === 'upgrade-conversation' ? 'sales' : 'service';

function calendarOfTask(task: Task, context: Context) {
  const person = task.assignee && findPerson(context.roster, task.assignee.employeeNumber);
  return calendarOf(context.store, departmentOf(task), person?.daysOff ?? []);
}

/** Starts one clock and stops the other: nobody is late to accept what they have accepted. */
export function startClock<T extends Task>(task: T, clock: Clock, context: Context): T {
  const limits = context.group.handoffs[task.kind];
  const minutes = clock === 'accept' ? limits.acceptMinutes : limits.completeMinutes;
  const calendar = calendarOfTask(task, context);
  const limit = nextOpen(calendar, addBusinessMinutes(calendar, context.now, minutes));
  const escalation = nextOpen(calendar, addBusinessMinutes(calendar, limit, minutes));
  const stopped = stopClocks(task);
  return setDeadline(setDeadline(stopped, `${clock}-reminder`, limit), `${clock}-escalation`, escalation);
}

export function stopClocks<T extends Task>(task: T): T {
  return clockDeadlines.reduce<T>((one, name) => setDeadline(one, name, undefined), task);
}

/** What the clock demands now. Found closed, it waits for the next opening: nobody is reminded at night. */
export function ringClocks<T extends Task>(task: T, context: Context): T {
  return clockDeadlines.reduce<T>((one, name) => {
    const at = one.deadlines[name];
    if (at === undefined || at > context.now) return one;
    if (!isOpenTask(one)) return setDeadline(one, name, undefined);
    const calendar = calendarOfTask(one, context);
    if (!isOpen(calendar, context.now)) return setDeadline(one, name, nextOpen(calendar, context.now));
    return ring(setDeadline(one, name, undefined), name, context);
  }, task);
}

function ring<T extends Task>(task: T, name: ClockDeadline, context: Context): T {
  const late = name.startsWith('accept') ? 'accept' : 'complete';
  const { now } = context;
  if (name.endsWith('reminder')) {
    if (!task.assignee) return task;
    const to = { staff: task.assignee.employeeNumber };
    return log(
      oweEmail(task, now, { message: 'reminder', to, note: { late }, again: true }),
      now,
      'clock',
      name,
    );
  }
  const manager = findManager({
    department: departmentOf(task),
    roster: context.roster,
    on: localDate(context.store.timeZone, now),
  });
  const told = manager
    ? oweEmail(task, now, {
        message: 'escalation',
        to: { staff: manager.employeeNumber },
        note: { late },
        again: true,
      })
    : task;
  return oweEvent(log(told, now, 'clock', name), now, 'handoff-task-escalated', `late to ${late}`);
}
