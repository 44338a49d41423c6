import type { Vehicle } from '../contracts/fields.ts';
import { formatDate, formatInstant, type Language, localDate } from '../group/business-time.ts';
import type { Store, WeekHours } from '../group/group.ts';
import { ours, type Words } from './words.ts';

/** Formats numbers, times and names for readers in the US, in English and Spanish. */
const locales = { en: 'en-US', es: 'es-US' } as const;
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

/** `4:00 PM`, in the store's time zone. */
export function timeOf(timeZone: string, at: string, language: Language): string {
  const form = { hour: 'numeric', minute: '2-digit', hour12: true, timeZone } as const;
  return plain(new Intl.DateTimeFormat(locales[language], form).format(Date.parse(at)));
}

/** `Friday, November 20, 2026 at 4:00 PM`, in the store's time zone. */
export function momentOf(timeZone: string, at: string, language: Language): string {
  const date = formatDate(localDate(timeZone, at), language);
  const joint = { en: 'at', es: 'a las' }[language];
  return `${date} ${language === 'es' && /^1:/.test(timeOf(timeZone, at, 'es')) ? 'a la' : joint} ${timeOf(timeZone, at, language)}`;
}

/** For a subject or a headline: `Sat, Nov 21, 10:00 AM`, in Spanish `sáb 21 nov, 10:00 a.m.` */
export function brieflyAt(timeZone: string, at: string, language: Language): Words {
  const text = formatInstant(timeZone, at, language);
  return ours(language === 'es' ? text.replace(/^(\p{L}+), (\d+) de /u, '$1 $2 ') : text);
}

/** The date of an instant in the store's time zone: `Friday, November 20, 2026`. */
export const dayOf = (timeZone: string, at: string, language: Language) =>
  formatDate(localDate(timeZone, at), language);

const MINUTE = 60_000;
/** `25 min`, `1 h`, `3 days`: rounded down, so that nothing is shown as later than it is. */
export function howLong(from: string, to: string): string {
  const minutes = Math.max(1, Math.floor((Date.parse(to) - Date.parse(from)) / MINUTE));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h`;
  const days = Math.floor(hours / 24);
  return days === 1 ? '1 day' : `${days} days`;
}

/** `Tue, Dec 15` */
export const shortDayOf = (date: string): string =>
  new Intl.DateTimeFormat('en-US', {
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    timeZone: 'UTC',
  }).format(Date.parse(`${date}T00:00:00Z`));

/** `Tuesday` */
export const weekdayOf = (date: string): string =>
  new Intl.DateTimeFormat('en-US', { weekday: 'long', timeZone: 'UTC' }).format(Date.parse(date));

/** `Nov 12`: for dates in recent weeks, whose year is obvious. */
export const shortDateOf = (date: string): string =>
  new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric', timeZone: 'UTC' }).format(
    Date.parse(date),
  );

/** `May 2021`: how people say since when something has been true. */
export const monthOf = (date: string): string =>
  new Intl.DateTimeFormat('en-US', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    Date.parse(date),
  );

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const dayNames = {
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  es: ['lun', 'mar', 'mié', 'jue', 'vie', 'sáb', 'dom'],
} as const;

/** `Mon–Fri 7:30 AM–6:00 PM`, `Sat 8:00 AM–3:00 PM`: consecutive days with the same hours share a line. */
export function openingHours(week: WeekHours, language: Language): string[] {
  const runs: { first: number; last: number; hours: string }[] = [];
  weekdays.forEach((day, at) => {
    const hours = week[day] && hoursOfDay(week[day], language);
    if (!hours) return;
    const run = runs.at(-1);
    if (run?.hours === hours && run.last === at - 1) run.last = at;
    else runs.push({ first: at, last: at, hours });
  });
  const named = (at: number) => dayNames[language][at] ?? '';
  return runs.map(
    ({ first, last, hours }) =>
      `${first === last ? named(first) : `${named(first)}–${named(last)}`} ${hours}`,
  );
}

const allDay = { en: '24 hours', es: '24 horas' } as const;

const hoursOfDay = ({ opens, closes }: { opens: string; closes: string }, language: Language) =>
  opens === '00:00' && closes === '24:00'
    ? allDay[language]
    : `${clock(opens, language)}–${clock(closes, language)}`;

const clock = (time: string, language: Language) => timeOf('UTC', `1970-01-01T${time}:00.000Z`, language);

export function postalAddressOf({ postalAddress }: Store): string {
  const { street, city, state, postalCode, country } = postalAddress;
  return [`${street}, ${city}, ${state} ${postalCode}`, ...(country === undefined ? [] : [country])].join(
    ', ',
  );
}

/** `2026 Honda CR-V`, in Spanish `Honda CR-V 2026`; unknown parts are left out. */
export function carOf(
  { year, make, model }: Pick<Vehicle, 'year' | 'make' | 'model'>,
  language: Language = 'en',
): string | undefined {
  const inOrder = language === 'es' ? [make, model, year?.toString()] : [year?.toString(), make, model];
  const known = inOrder.filter((part) => part !== undefined);
  return make === undefined && model === undefined ? undefined : known.join(' ');
}

export const lastEight = ({ vin }: Vehicle) => vin.slice(-8);

const languageNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });

/** `Spanish` for `es-US`; text that is not a language tag is returned unchanged. */
export function languageName(tag: string): string {
  try {
    return languageNames.of(new Intl.Locale(tag).language) ?? tag;
  } catch {
    return tag;
  }
}
