import {
  addDays,
  type Calendar,
  hoursOn,
  type Instant,
  type LocalDate,
  lastOpeningBefore,
  localDate,
  nextOpen,
  plusMinutes,
  startOfDay,
  timeOn,
} from '../group/business-time.ts';

/**
 * When a person's lists are sent: when their department opens, at one o'clock, and an hour before it closes. The calendar is
 * the person's, so somebody who is off gets the next list on their next day at work.
 */
const AFTER_LUNCH = '13:00';
const MINUTES_BEFORE_CLOSING = 60;

/** The times of one day, in order; none on a closed day. A short day has fewer. */
function listTimesOn(calendar: Calendar, date: LocalDate): Instant[] {
  const hours = hoursOn(calendar, date);
  if (!hours) return [];
  const last = plusMinutes(hours.closes, -MINUTES_BEFORE_CLOSING);
  const midday = timeOn(calendar.timeZone, date, AFTER_LUNCH);
  return [hours.opens, ...[midday, last].filter((at) => hours.opens < at && at <= last)].filter(
    (at, index, all) => all.indexOf(at) === index,
  );
}

/** The last list of a day; none on a closed day. */
export const lastListOn = (calendar: Calendar, date: LocalDate): Instant | undefined =>
  listTimesOn(calendar, date).at(-1);

/** The first list at or after an instant. */
export function listTimeFrom(calendar: Calendar, from: Instant): Instant {
  const today = localDate(calendar.timeZone, from);
  const later = listTimesOn(calendar, today).find((at) => at >= from);
  return later ?? nextOpen(calendar, startOfDay(calendar.timeZone, addDays(today, 1)));
}

/** The last list at or before an instant. */
export function lastListTime(calendar: Calendar, at: Instant): Instant {
  const today = localDate(calendar.timeZone, at);
  const earlier = listTimesOn(calendar, today).findLast((time) => time <= at);
  if (earlier !== undefined) return earlier;
  const opened = lastOpeningBefore(calendar, today);
  return listTimesOn(calendar, localDate(calendar.timeZone, opened)).at(-1) ?? opened;
}
