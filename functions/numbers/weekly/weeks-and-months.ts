import { addDays, type LocalDate } from '../../group/business-time.ts';
import { lastMonthBefore, lastWeekBefore, monthsBack } from '../periods.ts';

/** A whole week, by its Monday, or a whole month, `2026-10`. */
export interface Period {
  readonly length: 'week' | 'month';
  readonly of: string;
}

/** The last whole week whose cases are all known after this many days. */
export const lastWeekOf = (today: LocalDate, ripeAfterDays: number): Period => ({
  length: 'week',
  of: lastWeekBefore(addDays(today, -ripeAfterDays)),
});

export const lastMonthOf = (today: LocalDate, ripeAfterDays: number): Period => ({
  length: 'month',
  of: lastMonthBefore(addDays(today, -ripeAfterDays)),
});

export const monthsBefore = ({ of }: Period, months: number): Period => ({
  length: 'month',
  of: monthsBack(`${of}-01`, months),
});

/** The three whole months before a month, with which a person's own month is compared. */
export const threeMonthsBefore = (month: Period): readonly Period[] =>
  [3, 2, 1].map((months) => monthsBefore(month, months));
