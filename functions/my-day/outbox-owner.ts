import type { Task } from '../handoff/task.ts';
import type { WeeklyReport } from '../weekly-report/weekly-report.ts';
import type { MyDay } from './my-day.ts';

/** Items with an outbox that are no handoff: a person's own day, and the weekly report of a store. */
export type OwnItem = MyDay | WeeklyReport;
/** The outbox delivers all of them by the same rules. */
export type Item = Task | OwnItem;

export const isDay = (item: Item): item is MyDay => item.kind === 'my-day';
export const isReport = (item: Item): item is WeeklyReport => item.kind === 'weekly-report';
export const isTask = (item: Item): item is Task => !isDay(item) && !isReport(item);

export function itemIdOf(item: Item): string {
  if (isDay(item)) return item.dayId;
  return isReport(item) ? item.reportId : item.taskId;
}
