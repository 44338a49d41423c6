import { dueAtOf } from '../handoff/draft.ts';
import { DUE, doneAt, keys, openFor } from '../handoff/keys.ts';
import { isOpen, type Task, task as taskSchema } from '../handoff/task.ts';
import { dayDueAt, type MyDay } from '../my-day/my-day.ts';
import { type StoreWatch, watchDueAt } from '../my-day/store-schedule.ts';

/** A task as an item: its key, its places in the sparse indexes, and when it may be disposed of. */
export function taskToItem(task: Task): Record<string, unknown> {
  return {
    ...keys.task(task.taskId),
    type: 'task',
    ...task,
    ...placeInDue(dueAtOf(task)),
    ...placesByPerson(task),
    expiresAt: disposeAt(task.updatedAt),
  };
}

const placeInDue = (dueAt: string | undefined) => (dueAt === undefined ? {} : { due: DUE, dueAt });

/** What is with somebody, also while it rests, is found by its person and store; what was done, by when. */
function placesByPerson({ state, storeId, assignee, createdAt, ended }: Task) {
  if (state === 'completed' && ended) return { openAt: doneAt(storeId), openSince: ended.at };
  if (!isOpen({ state }) && !(state === 'waiting' && assignee)) return {};
  const person = assignee ? { openFor: openFor(storeId, assignee.employeeNumber) } : {};
  return { openAt: storeId, openSince: createdAt, ...person };
}

export const dayToItem = (day: MyDay): Record<string, unknown> => ({
  ...keys.day(day.dayId),
  type: 'day',
  ...day,
  ...placeInDue(dayDueAt(day)),
  expiresAt: disposeAt(day.updatedAt),
});

/** No person's data, so nothing to dispose of. */
export const watchToItem = (watch: StoreWatch): Record<string, unknown> => ({
  ...keys.store(watch.storeId),
  type: 'store watch',
  ...watch,
  ...placeInDue(watchDueAt(watch)),
});

/** Throws where the item is no task that this release can read: better stuck and seen than misread. */
export function taskFromItem(item: Record<string, unknown>): Task {
  return taskSchema.parse(item);
}

/** Customer information is disposed of two years after its last use [FTC Safeguards Rule]. Seconds since 1970. */
const TWO_YEARS_SECONDS = 2 * 365 * 24 * 60 * 60;
export const disposeAt = (lastUsedAt: string) =>
  Math.floor(Date.parse(lastUsedAt) / 1000) + TWO_YEARS_SECONDS;
