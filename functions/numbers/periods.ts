import { addDays, addMonths, type LocalDate } from '../group/business-time.ts';

const DAYS_OF_WEEK = 7;

/** The Monday of a date's week: weeks start on Monday, as in ISO 8601, and are named by its date. */
export function weekOf(date: LocalDate): LocalDate {
  const sinceMonday = (new Date(`${date}T00:00:00Z`).getUTCDay() + DAYS_OF_WEEK - 1) % DAYS_OF_WEEK;
  return addDays(date, -sinceMonday);
}

/** `YYYY-MM`. */
const monthOf = (date: LocalDate): string => date.slice(0, 'YYYY-MM'.length);

/** The last whole week before a day, by its Monday. */
export const lastWeekBefore = (date: LocalDate): LocalDate => addDays(weekOf(date), -DAYS_OF_WEEK);

/** The last whole month before a day. */
export const lastMonthBefore = (date: LocalDate): string => monthOf(addMonths(`${monthOf(date)}-01`, -1));

export const monthsBack = (date: LocalDate, months: number): string =>
  monthOf(addMonths(`${monthOf(date)}-01`, -months));

export const weeksBack = (date: LocalDate, weeks: number): LocalDate =>
  addDays(weekOf(date), -weeks * DAYS_OF_WEEK);
