import {
  addDays,
  type Calendar,
  type Instant,
  type LocalDate,
  localDate,
  nextOpen,
  plusMinutes,
  startOfDay,
} from '../group/business-time.ts';
import { lastListOn } from './list-times.ts';

/** Time for the event to pass the bus and for a decision about each appointment, with several sweeps to spare. */
const MINUTES_BEFORE_LAST_LIST = 30;

/**
 * The days whose appointments are looked at now: from tomorrow to the next day that Service is open, so that Saturday's last
 * list also covers Monday. None except in the half hour before a day's last list: earlier, it is not yet known who is booked,
 * and anything found later would reach nobody in time.
 */
export function daysAhead(calendar: Calendar, now: Instant): LocalDate[] {
  const { timeZone } = calendar;
  const today = localDate(timeZone, now);
  const list = lastListOn(calendar, today);
  if (list === undefined || now >= list || now < plusMinutes(list, -MINUTES_BEFORE_LAST_LIST)) return [];
  const tomorrow = addDays(today, 1);
  const nextDay = localDate(timeZone, nextOpen(calendar, startOfDay(timeZone, tomorrow)));
  return datesFrom(tomorrow, nextDay);
}

const datesFrom = (from: LocalDate, until: LocalDate): LocalDate[] =>
  from > until ? [] : [from, ...datesFrom(addDays(from, 1), until)];
