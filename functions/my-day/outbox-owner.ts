import type { Task } from '../handoff/task.ts';
import type { MyDay } from './my-day.ts';

/** Items with an outbox: a handoff or a person's own day. The outbox delivers both by the same rules. */
export type Item = Task | MyDay;

export const isDay = (item: Item): item is MyDay => item.kind === 'my-day';
export const itemIdOf = (item: Item): string => (isDay(item) ? item.dayId : item.taskId);
