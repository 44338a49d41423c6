export const dateForms = ['M/D/Y', 'D/M/Y', 'YYYYMMDD', 'YYYY-MM-DD'] as const;
export type DateForm = (typeof dateForms)[number];

/** The date as YYYY-MM-DD, by the first form that fits the text and gives a date that exists. */
export function plainDate(text: string, forms: readonly DateForm[], thisYear: number): string | undefined {
  for (const form of forms) {
    const [year, month, day] = partsBy(form, text) ?? [];
    if (year === undefined || month === undefined || day === undefined) continue;
    const full = year.length === 2 ? ofThisTime(Number(year), thisYear) : Number(year);
    const date = `${String(full).padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    if (isDay(date)) return date;
  }
  return undefined;
}

function partsBy(form: DateForm, text: string): readonly (string | undefined)[] | undefined {
  const [, one, two, three] = patterns[form].exec(text) ?? [];
  if (one === undefined) return undefined;
  if (form === 'M/D/Y') return [three, one, two];
  return form === 'D/M/Y' ? [three, two, one] : [one, two, three];
}

/** A time of day after the date is ignored here; a rule reads it with `date` and `time`. */
const patterns: Readonly<Record<DateForm, RegExp>> = {
  'M/D/Y': /^(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})(?:\s.*)?$/,
  'D/M/Y': /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:\s.*)?$/,
  YYYYMMDD: /^(\d{4})(\d\d)(\d\d)(?:\d{4}|\d{6})?$/,
  'YYYY-MM-DD': /^(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?$/,
};

/** Up to ten years ahead is a plan; beyond that, a two-digit year belongs to the last century. */
function ofThisTime(year: number, thisYear: number): number {
  const century = Math.floor(thisYear / 100) * 100;
  return century + year > thisYear + 10 ? century - 100 + year : century + year;
}

function isDay(date: string): boolean {
  const at = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date);
}

const TIMES: readonly RegExp[] = [
  /^(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*([AP])?\.?M?\.?$/i,
  /^(?:\d{8})?(\d{1,2})(\d\d)$/,
  /^(?:\d{8})?(\d\d)(\d\d)(\d\d)$/,
];
/** A date in front of the time, when one text has both. */
const DATE_BEFORE = /^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?:T|\s+)/;

/**
 * The time as HH:MM, or HH:MM:SS if it has seconds, read from `08:30`, `2:15 PM`, `0900`, `805`, `031207`,
 * `202611201700` or `11/20/2026 2:15 PM`. A time with an offset is not by the store's clock, and is not read.
 */
export function timeOfDay(text: string): string | undefined {
  const clock = text.trim().replace(DATE_BEFORE, '');
  const found = TIMES.map((form) => form.exec(clock)).find((one) => one !== null);
  const [, hours, minutes = '', seconds = '00', half] = found ?? [];
  if (hours === undefined) return undefined;
  const hour = half ? (Number(hours) % 12) + (half.toUpperCase() === 'P' ? 12 : 0) : Number(hours);
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const time = `${String(hour).padStart(2, '0')}:${minutes}`;
  return seconds === '00' ? time : `${time}:${seconds}`;
}
