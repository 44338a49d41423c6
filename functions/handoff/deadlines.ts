import {
  addBusinessMinutes,
  addDays,
  isOpen,
  localDate,
  nextOpen,
  startOfDay,
} from '../group/business-time.ts';
import { findManager } from '../people/routing.ts';
import type { Context } from './context.ts';
import { end } from './ending.ts';
import { canMove } from './lifecycle.ts';
import { earliest, nextDue } from './outbox.ts';
import { queueEmail, queueEvent } from './queue.ts';
import { isOpen as isOpenTask, type Task } from './task.ts';
import { log, setDeadline } from './task-changes.ts';
import type { KindTraits, Limit } from './traits.ts';

export type { Limit } from './traits.ts';

/**
 * When a handoff passes its limit the assignee gets a reminder; at twice the limit the manager gets an escalation. The
 * limits are business minutes of the task's department, minus the assignee's days off, and each fires once.
 */
export const limitDeadlines = [
  'accept-reminder',
  'accept-escalation',
  'complete-reminder',
  'complete-escalation',
] as const;
type LimitDeadline = (typeof limitDeadlines)[number];
/** Deadlines that run until somebody accepts or finishes the task, and that restart if that is undone. */
export const runningDeadlines = [...limitDeadlines, 'pass-on'] as const;

const calendarOfTask = (task: Task, { department }: Pick<KindTraits, 'department'>, context: Context) =>
  context.calendar(department, context.person(task.assignee?.employeeNumber));

/** When the limits start to count: at `at`, such as the assignment, but not before there is something to do. */
export function countedFrom<T extends Task>(
  task: T,
  at: string,
  kind: Pick<KindTraits<T>, 'limitsFrom'>,
  context: Pick<Context, 'group' | 'store'>,
): string {
  const from = kind.limitsFrom?.(task, context);
  return from !== undefined && from > at ? from : at;
}

/** Starts one limit and stops the other: accepting stops the accept deadline. */
export function startDeadline<T extends Task>(
  task: T,
  limit: Limit,
  kind: KindTraits<T>,
  context: Context,
): T {
  const planned = planUnfinished(stopDeadlines(task), kind, context);
  if (kind.hasLimits?.(task) === false) return planned;
  return countFrom(context.now, planned, limit, kind, context);
}

function countFrom<T extends Task>(
  began: string,
  task: T,
  limit: Limit,
  kind: KindTraits<T>,
  context: Context,
): T {
  const calendar = calendarOfTask(task, kind, context);
  const at = limitFrom(countedFrom(task, began, kind, context), task, limit, calendar, context);
  const minutes = minutesOf(task, limit, context);
  const escalation = nextOpen(calendar, addBusinessMinutes(calendar, at, minutes));
  return setDeadline(setDeadline(task, `${limit}-reminder`, at), `${limit}-escalation`, escalation);
}

/** When a limit that started at `began` runs out. */
export const limitFrom = (
  began: string,
  task: Task,
  limit: Limit,
  calendar: ReturnType<Context['calendar']>,
  context: Pick<Context, 'group'>,
): string => nextOpen(calendar, addBusinessMinutes(calendar, began, minutesOf(task, limit, context)));

const minutesOf = ({ kind }: Task, limit: Limit, { group }: Pick<Context, 'group'>): number =>
  group.handoffs[kind][limit === 'accept' ? 'acceptMinutes' : 'completeMinutes'];

export const stopDeadlines = <T extends Task>(task: T): T =>
  runningDeadlines.reduce<T>((changed, name) => setDeadline(changed, name, undefined), task);

/** The earliest instant at which the task has work due. Recomputed on every write. */
export const dueAtOf = (task: Task): string | undefined =>
  earliest([...Object.values(task.deadlines), nextDue(task.outbox)]);

/**
 * No handoff stays open forever: if nobody finishes it, it is closed after the group's number of days. The days count from the
 * assignment, or from a later date that its kind sets, such as an appointment.
 */
function planUnfinished<T extends Task>(task: T, kind: KindTraits<T>, context: Context): T {
  if (task.deadlines.unfinished !== undefined) return task;
  return setDeadline(task, 'unfinished', unfinishedAt(task, context.today, kind, context));
}

function unfinishedAt<T extends Task>(task: T, given: string, kind: KindTraits<T>, context: Context): string {
  const { group, store } = context;
  const { release } = task.deadlines;
  const days = [
    given,
    ...(kind.unfinishedFrom?.(task, store.timeZone) ?? []),
    ...(release ? [localDate(store.timeZone, release)] : []),
  ];
  const last = days.toSorted().at(-1) ?? given;
  const day = addDays(last, group.closeUnfinishedAfterDays);
  return nextOpen(context.calendar(kind.department), startOfDay(store.timeZone, day));
}

/** Checks the limit again before closing the task: an appointment may have extended it. */
export function closeUnfinished(task: Task, kind: KindTraits, context: Context): Task {
  const { now, group, store } = context;
  const at = task.deadlines.unfinished;
  if (at === undefined || at > now) return task;
  if (!canMove(task.state, 'given up')) return setDeadline(task, 'unfinished', undefined);
  const given = addDays(localDate(store.timeZone, at), -group.closeUnfinishedAfterDays);
  const later = unfinishedAt(task, given, kind, context);
  if (later > now) return setDeadline(task, 'unfinished', later);
  const { unfinished: outcome, unfinishedNotice: notice } = kind;
  return end(task, now, { trigger: 'given up', outcome, by: 'clock', ...(notice ? { notice } : {}) });
}

/** A kind, with what else it does when nobody accepts in time. */
interface Escalating extends KindTraits {
  readonly escalated: (task: Task, context: Context) => Task;
}

/** Fires the limits that have passed. While the department is closed, they wait until it opens. */
export function fireDeadlines(task: Task, kind: Escalating, context: Context): Task {
  return limitDeadlines.reduce<Task>((current, name) => {
    const at = current.deadlines[name];
    if (at === undefined || at > context.now) return current;
    if (!isOpenTask(current)) return setDeadline(current, name, undefined);
    const limit = limitOf(name);
    const rests = kind.restsUntil?.(current, limit);
    if (rests !== undefined && rests > context.now) return countFrom(rests, current, limit, kind, context);
    const calendar = calendarOfTask(current, kind, context);
    if (!isOpen(calendar, context.now)) return setDeadline(current, name, nextOpen(calendar, context.now));
    return fire(current, name, kind, context);
  }, task);
}

const limitOf = (name: LimitDeadline): Limit => (name.startsWith('accept') ? 'accept' : 'complete');

function fire(before: Task, name: LimitDeadline, kind: Escalating, context: Context): Task {
  const deadline = limitOf(name);
  const { now, roster, today } = context;
  const task = { ...setDeadline(before, name, undefined), passed: { ...before.passed, [name]: now } };
  const note = { code: 'late', deadline } as const;
  if (name.endsWith('reminder')) {
    if (!task.assignee) return task;
    const to = { staff: task.assignee.employeeNumber };
    const reminded = queueEmail(task, now, { message: 'reminder', to, note, again: true });
    return log(reminded, { what: 'deadline', at: now, by: 'clock', deadline: name });
  }
  const manager = findManager({
    department: kind.department,
    roster,
    on: today,
    // When the late assignee is a manager, another manager gets the escalation.
    not: task.assignee ? [task.assignee.employeeNumber] : [],
  });
  const escalated = manager
    ? queueEmail(task, now, {
        message: 'escalation',
        to: { staff: manager.employeeNumber },
        note,
        again: true,
      })
    : task;
  const logged = log(escalated, { what: 'deadline', at: now, by: 'clock', deadline: name });
  const announced = queueEvent(logged, now, 'handoff-task-escalated', { code: 'late', deadline });
  return deadline === 'accept' ? kind.escalated(announced, context) : announced;
}
