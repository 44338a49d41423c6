import { Temporal } from 'temporal-polyfill';
import type { Department, Store, WeekHours } from './group.ts';

/**
 * Opening hours, local days and deadlines. An instant is a UTC text with milliseconds, `2026-11-20T22:30:00.000Z`,
 * so that text order is time order; a date is `YYYY-MM-DD` and has no zone. Minutes are elapsed minutes: an hour
 * that the clocks skip in spring is not counted, the one they repeat in autumn is counted twice.
 */
export type Instant = string;
export type LocalDate = string;
export type Language = 'en' | 'es';

export interface Calendar {
  readonly timeZone: string;
  readonly hours: WeekHours;
  readonly holidays: readonly LocalDate[];
  /** A person's days off, if this is one person's calendar. */
  readonly daysOff?: readonly LocalDate[];
}

/** More consecutive closed days than this are a mistake in the calendar: they would be over a year of holidays. */
const CLOSED_DAYS_AT_MOST = 400;
const MINUTE = 60_000;

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** A store without a service department uses the hours of its Sales. */
export function calendarOf(
  store: Store,
  department: Department,
  daysOff: readonly LocalDate[] = [],
): Calendar {
  const hours = store.hours[department] ?? store.hours.sales;
  return { timeZone: store.timeZone, hours, holidays: store.holidays, daysOff };
}

/** Whether it is open; the closing instant itself counts as closed. */
export function isOpen(calendar: Calendar, at: Instant): boolean {
  const now = milliseconds(at);
  const window = windowOn(calendar, dayOf(calendar.timeZone, at));
  return window !== undefined && window.opens <= now && now < window.closes;
}

/** The instant itself while open, else the next opening. */
export function nextOpen(calendar: Calendar, at: Instant): Instant {
  const now = milliseconds(at);
  const window = windowAfter(calendar, now);
  return instantOf(Math.max(now, window.opens));
}

/**
 * Adds minutes of opening hours to an instant. A period that ends with the day ends at closing time, not at the next
 * opening: "by 6 PM" rather than "by tomorrow at 7:30".
 */
export function addBusinessMinutes(calendar: Calendar, from: Instant, minutes: number): Instant {
  if (!Number.isFinite(minutes) || minutes < 0)
    throw new RangeError(`expected minutes ahead, got ${minutes}`);
  let at = milliseconds(from);
  let left = minutes * MINUTE;
  for (;;) {
    const window = windowAfter(calendar, at);
    const start = Math.max(at, window.opens);
    const available = window.closes - start;
    if (left <= available) return instantOf(start + left);
    left -= available;
    at = window.closes;
  }
}

/** The whole minutes of opening hours from one instant to a later one. */
export function businessMinutesBetween(calendar: Calendar, from: Instant, to: Instant): number {
  const end = milliseconds(to);
  let at = milliseconds(from);
  let open = 0;
  while (at < end) {
    const window = windowAfter(calendar, at);
    if (window.opens >= end) break;
    open += Math.min(window.closes, end) - Math.max(at, window.opens);
    at = window.closes;
  }
  return Math.floor(open / MINUTE);
}

/** The store's local date at an instant. */
export function localDate(timeZone: string, at: Instant): LocalDate {
  return dayOf(timeZone, at).toString();
}

/** Clamps to the last day of a shorter month: January 31 plus one month is February 28 or 29. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  return Temporal.PlainDate.from(date).add({ months }).toString();
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** Whole days between two dates, negative if `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days;
}

/** Midnight, or the first instant of the day if the clocks skip midnight. */
export function startOfDay(timeZone: string, date: LocalDate): Instant {
  return instantOf(Temporal.PlainDate.from(date).toZonedDateTime(timeZone).epochMilliseconds);
}

/** When the department opens on that date; undefined if it is closed. */
export function openingOn(calendar: Calendar, date: LocalDate): Instant | undefined {
  const window = windowOn(calendar, Temporal.PlainDate.from(date));
  return window && instantOf(window.opens);
}

/** The opening hours of that date; undefined if it is closed. */
export function hoursOn(
  calendar: Calendar,
  date: LocalDate,
): { readonly opens: Instant; readonly closes: Instant } | undefined {
  const window = windowOn(calendar, Temporal.PlainDate.from(date));
  return window && { opens: instantOf(window.opens), closes: instantOf(window.closes) };
}

/** The instant when the store's clock shows that time, `13:00`. */
export const timeOn = (timeZone: string, date: LocalDate, time: string): Instant =>
  instantOf(onTheClock(timeZone, Temporal.PlainDate.from(date), time));

/** The instant by which a promise for a day must be kept: when Service closes, or the end of the day if it is closed. */
export function promisedBy(store: Store, date: LocalDate): Instant {
  return hoursOn(calendarOf(store, 'service'), date)?.closes ?? startOfDay(store.timeZone, addDays(date, 1));
}

/** When the department opened on the last open day before that date. */
export function lastOpeningBefore(calendar: Calendar, date: LocalDate): Instant {
  let day = Temporal.PlainDate.from(date);
  for (let tried = 0; tried < CLOSED_DAYS_AT_MOST; tried += 1) {
    day = day.subtract({ days: 1 });
    const window = windowOn(calendar, day);
    if (window) return instantOf(window.opens);
  }
  throw neverOpen();
}

/** The instant on the store's clock, with its offset: `2026-11-20T10:41:00-07:00`. */
export const onTheStoresClock = (timeZone: string, at: Instant): string =>
  Temporal.Instant.from(at).toString({ timeZone, smallestUnit: 'second' });

/** Elapsed minutes, regardless of daylight-saving changes. */
export function plusMinutes(at: Instant, minutes: number): Instant {
  return instantOf(milliseconds(at) + minutes * MINUTE);
}

/** Days of 24 elapsed hours: for periods such as a lease on an item, not for local dates. */
export function plusDays(at: Instant, days: number): Instant {
  return plusMinutes(at, days * 24 * 60);
}

/** `Friday, November 20, 2026` */
export function formatDate(date: LocalDate, language: Language): string {
  const text = plainSpaces(
    new Intl.DateTimeFormat(locales[language], {
      weekday: 'long',
      year: 'numeric',
      month: 'long',
      day: 'numeric',
      timeZone: 'UTC',
    }).format(milliseconds(`${date}T00:00:00Z`)),
  );
  // Spanish sentences have no comma after the weekday: `el sábado 21 de noviembre de 2026`.
  return language === 'es' ? text.replace(/^(\p{L}+),/u, '$1') : text;
}

/** `November 20, 2026`: for a date that is months away. */
export const formatDateWithoutWeekday = (date: LocalDate, language: Language): string =>
  formatDate(date, language).replace(/^\p{L}+,? /u, '');

/** `Fri, Nov 20, 4:00 PM`, in the store's time zone. */
export function formatInstant(timeZone: string, at: Instant, language: Language): string {
  return plainSpaces(
    new Intl.DateTimeFormat(locales[language], {
      weekday: 'short',
      month: 'short',
      day: 'numeric',
      hour: 'numeric',
      minute: '2-digit',
      hour12: true,
      timeZone,
    }).format(milliseconds(at)),
  );
}

const locales = { en: 'en-US', es: 'es-US' } as const;

/**
 * Intl puts narrow and no-break spaces before AM and PM. They become plain spaces, because plain-text mail shows them
 * badly.
 */
function plainSpaces(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, ' ');
}

interface Window {
  /** Epoch milliseconds. */
  readonly opens: number;
  readonly closes: number;
}

/** The hours of one local day; undefined if it is closed. */
function windowOn(calendar: Calendar, day: Temporal.PlainDate): Window | undefined {
  const date = day.toString();
  if (calendar.holidays.includes(date) || calendar.daysOff?.includes(date)) return undefined;
  const weekday = weekdays[day.dayOfWeek - 1];
  const hours = weekday && calendar.hours[weekday];
  if (!hours) return undefined;
  const opens = onTheClock(calendar.timeZone, day, hours.opens);
  const closes = onTheClock(calendar.timeZone, day, hours.closes);
  // Hours that lie wholly within the hour skipped in spring do not exist.
  return opens < closes ? { opens, closes } : undefined;
}

function onTheClock(timeZone: string, day: Temporal.PlainDate, time: string): number {
  if (time === '24:00') return day.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds;
  return day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds;
}

/** The current or next opening hours. */
function windowAfter(calendar: Calendar, now: number): Window {
  let day = dayOf(calendar.timeZone, instantOf(now));
  for (let tried = 0; tried <= CLOSED_DAYS_AT_MOST; tried += 1) {
    const window = windowOn(calendar, day);
    if (window && now < window.closes) return window;
    day = day.add({ days: 1 });
  }
  throw neverOpen();
}

function neverOpen(): RangeError {
  return new RangeError(`the calendar has no opening hours within ${CLOSED_DAYS_AT_MOST} days`);
}

function dayOf(timeZone: string, at: Instant): Temporal.PlainDate {
  return Temporal.Instant.from(at).toZonedDateTimeISO(timeZone).toPlainDate();
}

function milliseconds(at: Instant): number {
  return Temporal.Instant.from(at).epochMilliseconds;
}

function instantOf(epochMilliseconds: number): Instant {
  return Temporal.Instant.fromEpochMilliseconds(Math.round(epochMilliseconds)).toString({
    fractionalSecondDigits: 3,
  });
}
