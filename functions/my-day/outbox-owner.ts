import type { Task } from '../handoff/task.ts';
import type { Letter } from '../leavers/letter.ts';
import type { WeeklyReport } from '../weekly-report/weekly-report.ts';
import type { MyDay } from './my-day.ts';

/** Items with an outbox whose emails go only to staff: a person's own day, and a store's weekly report. */
export type OwnItem = MyDay | WeeklyReport;
/** Every item with an outbox, all delivered by the same rules. A `Letter` goes to one customer of an advisor who left. */
export type Item = Task | OwnItem | Letter;

export const isDay = (item: Item): item is MyDay => item.kind === 'my-day';
export const isReport = (item: Item): item is WeeklyReport => item.kind === 'weekly-report';
export const isOwn = (item: Item): item is OwnItem => isDay(item) || isReport(item);
export const isLetter = (item: Item): item is Letter => item.kind === 'leaver-letter';
export const isTask = (item: Item): item is Task => !isOwn(item) && !isLetter(item);

export function itemIdOf(item: Item): string {
  if (isDay(item)) return item.dayId;
  if (isReport(item)) return item.reportId;
  return isLetter(item) ? item.letterId : item.taskId;
}
