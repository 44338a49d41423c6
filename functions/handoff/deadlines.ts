import {
  addBusinessMinutes,
  addDays,
  calendarOf,
  isOpen,
  localDate,
  nextOpen,
  startOfDay,
} from '../group/business-time.ts';
import type { Department } from '../group/group.ts';
import { findManager } from '../people/routing.ts';
import { findPerson } from '../people/staff.ts';
import { type Context, end, log, oweEmail, oweEvent, setDeadline } from './draft.ts';
import { canMove } from './lifecycle.ts';
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
  const stopped = planUnfinished(stopClocks(task), context);
  return setDeadline(setDeadline(stopped, `${clock}-reminder`, limit), `${clock}-escalation`, escalation);
}

/**
 * Nothing stays open for ever: so many days after it was given, a handoff that nobody finished is closed, and who was
 * told of it is told. A first visit counts from its due date or its appointment; what rests, from the day it comes back.
 */
function planUnfinished<T extends Task>(task: T, context: Context): T {
  return task.deadlines.unfinished === undefined
    ? setDeadline(
        task,
        'unfinished',
        unfinishedAt(task, localDate(context.store.timeZone, context.now), context),
      )
    : task;
}

function unfinishedAt(task: Task, given: string, { group, store }: Context): string {
  const { release } = task.deadlines;
  const days = [
    ...daysOfVisit(task, store.timeZone),
    ...(release ? [localDate(store.timeZone, release)] : []),
  ];
  const last = days.reduce((one, other) => (other > one ? other : one), given);
  const day = addDays(last, group.closeUnfinishedAfterDays);
  return nextOpen(calendarOf(store, departmentOf(task)), startOfDay(store.timeZone, day));
}

function daysOfVisit(task: Task, timeZone: string): string[] {
  if (task.kind !== 'first-service-visit') return [];
  const { due, appointments } = task.facts;
  const booked = appointments.flatMap(({ status, startsAt }) =>
    status === 'booked' && startsAt ? [localDate(timeZone, startsAt)] : [],
  );
  return due ? [due.dueOn, ...booked] : booked;
}

/** Found at its time; what gave it more time since is asked before it is closed. */
export function closeUnfinished<T extends Task>(task: T, context: Context): T {
  const { now, group, store } = context;
  const at = task.deadlines.unfinished;
  if (at === undefined || at > now) return task;
  if (!canMove(task.state, 'given up')) return setDeadline(task, 'unfinished', undefined);
  const given = addDays(localDate(store.timeZone, at), -group.closeUnfinishedAfterDays);
  const later = unfinishedAt(task, given, context);
  if (later > now) return setDeadline(task, 'unfinished', later);
  return end(task, now, 'given up', { outcome: UNFINISHED[task.kind], who: 'clock' });
}

export const UNFINISHED = {
  'service-introduction': 'nobody signed the introduction',
  'first-service-visit': 'not returned',
  'repair-options': 'nobody answered the sheet',
  'upgrade-conversation': 'nobody finished the conversation',
} as const satisfies Record<Task['kind'], string>;

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
    // Where a manager is the one who is late, the other one hears of it.
    not: task.assignee ? [task.assignee.employeeNumber] : [],
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
