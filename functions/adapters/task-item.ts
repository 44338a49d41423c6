import { dueAtOf } from '../handoff/deadlines.ts';
import { isOpen, type Task } from '../handoff/task.ts';
import { type AnyTask, parseTask } from '../handoffs/kinds.ts';
import { upgraded } from '../handoffs/schema-1.ts';
import { dayDueAt, type MyDay, myDay } from '../my-day/my-day.ts';
import { type StoreSchedule, scheduleDueAt } from '../my-day/store-schedule.ts';
import { disposeAt } from './disposal.ts';
import { DUE, doneAt, openFor } from './keys.ts';

/** A task as an item: its places in the sparse indexes, and when it may be disposed of. */
export function taskToItem(task: Task): Record<string, unknown> {
  return {
    type: 'task',
    ...task,
    ...placeInDue(dueAtOf(task)),
    ...placesByPerson(task),
    expiresAt: disposeAt(task.updatedAt),
  };
}

const placeInDue = (dueAt: string | undefined) => (dueAt === undefined ? {} : { due: DUE, dueAt });

/** Open and snoozed tasks are found by person and store; completed ones by when they were completed. */
function placesByPerson({ state, storeId, assignee, createdAt, ended }: Task) {
  if (state === 'completed' && ended) return { openAt: doneAt(storeId), openSince: ended.at };
  if (!isOpen({ state }) && !(state === 'waiting' && assignee)) return {};
  const person = assignee ? { openFor: openFor(storeId, assignee.employeeNumber) } : {};
  return { openAt: storeId, openSince: createdAt, ...person };
}

export const dayToItem = (day: MyDay): Record<string, unknown> => ({
  type: 'day',
  ...day,
  ...placeInDue(dayDueAt(day)),
  expiresAt: disposeAt(day.updatedAt),
});

/** Holds no person's data, so it is never disposed of. */
export const scheduleToItem = (schedule: StoreSchedule): Record<string, unknown> => ({
  type: 'store watch',
  ...schedule,
  ...placeInDue(scheduleDueAt(schedule)),
});

/** Throws where the item is no task that this release can read: better stuck and seen than misread. */
export const taskFromItem = (item: Record<string, unknown>): AnyTask => parseTask(upgraded(item));

export const dayFromItem = (item: Record<string, unknown>): MyDay => myDay.parse(upgraded(item));
