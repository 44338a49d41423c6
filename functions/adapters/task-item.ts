import { dueAtOf } from '../domain/draft.ts';
import { DUE, keys } from '../domain/keys.ts';
import { isOpen, type Task, task as taskSchema } from '../domain/task.ts';

/** A task as an item: its key, its places in the sparse indexes, and when it may be disposed of. */
export function taskToItem(task: Task): Record<string, unknown> {
  const dueAt = dueAtOf(task);
  return {
    ...keys.task(task.taskId),
    type: 'task',
    ...task,
    ...(dueAt === undefined ? {} : { due: DUE, dueAt }),
    ...(isOpen(task)
      ? {
          openAt: task.storeId,
          openSince: task.createdAt,
          ...(task.assignee ? { openFor: `${task.storeId}#${task.assignee.employeeNumber}` } : {}),
        }
      : {}),
    expiresAt: disposeAt(task.updatedAt),
  };
}

/** Throws where the item is no task that this release can read: better stuck and seen than misread. */
export function taskFromItem(item: Record<string, unknown>): Task {
  return taskSchema.parse(item);
}

/** Customer information is disposed of two years after its last use [FTC Safeguards Rule]. Seconds since 1970. */
const TWO_YEARS_SECONDS = 2 * 365 * 24 * 60 * 60;
export const disposeAt = (lastUsedAt: string) =>
  Math.floor(Date.parse(lastUsedAt) / 1000) + TWO_YEARS_SECONDS;
