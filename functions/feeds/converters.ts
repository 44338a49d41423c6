import { localDate, timeOn } from '../group/business-time.ts';
import { type DateForm, plainDate, timeOfDay } from './dates.ts';

/**
 * The closed list of what a text in a file can be read as. If a system writes in a way that none of them reads, a
 * converter is added; a source never contains expressions.
 */
export type Converted = string | number | boolean | undefined;

export interface Reading {
  readonly dates: readonly DateForm[];
  /** Two-digit years up to the next year are of this century. */
  readonly year: number;
  /** The time zone of the file's store. */
  readonly timeZone: string;
}

/** The text is not one that the converter reads. The message is what it expected. */
export class NotConvertible extends Error {}

const expected = (what: string): never => {
  throw new NotConvertible(`expected ${what}`);
};

type Converter = (text: string, reading: Reading) => Converted;

const converters = {
  text: (text) => text,
  number: (text) => wholeNumber(text) ?? expected('a whole number'),
  /** Dollars with cents: `4,180.00`, `$1,234.50`, `(12.50)`, `12.50-`. */
  money: (text) => dollars(text) ?? expected("an amount such as '1,234.50'"),
  /** Cents without a point: `000345000`, `-00015000`. */
  cents: (text) => wholeNumber(text) ?? expected("cents such as '000345000'"),
  /** No car has zero miles: exports write 0 if there is no reading. */
  miles: (text) => {
    const value = wholeNumber(text.replace(/\.\d+$/, '')) ?? expected('miles');
    return value === 0 ? undefined : value;
  },
  /** `2015`, or `15` in reports that shorten years. */
  year: (text, { year }) => {
    const value = wholeNumber(text) ?? expected('a year');
    if (value >= 100) return value === 0 ? undefined : value;
    const century = Math.floor(year / 100) * 100;
    return century + value <= year + 1 ? century + value : century - 100 + value;
  },
  date: (text, { dates, year }) =>
    plainDate(text, dates, year) ?? expected(`a date as ${dates.join(' or ')}`),
  /** An instant with its offset, or milliseconds since 1970. */
  instant: (text) => instant(text) ?? expected("an instant such as '2026-11-20T17:45:10Z'"),
  /** By the store's clock if the text has no offset: `11/20/2026 2:15 PM`, `2026-11-20T14:15:00`. */
  'local-instant': (text, reading) =>
    instant(text) ??
    localInstant(text, reading) ??
    expected(`a date as ${reading.dates.join(' or ')} and a time such as '2:15 PM'`),
  /** The store's date of an instant: late in the evening it differs from the date in UTC. */
  'date-of-instant': (text, { timeZone }) => {
    const at = instant(text) ?? expected("an instant such as '2026-11-20T17:45:10Z'");
    return localDate(timeZone, at);
  },
  /** `1.5` hours. */
  hours: (text) => {
    const value = Number(text);
    if (!Number.isFinite(value) || value < 0) expected('hours');
    return value === 0 ? undefined : Math.round(value * 60);
  },
  phone: (text) => dialed(text),
  email: (text) => text.toLowerCase(),
  /** Yes becomes true; anything else is left out. */
  yes: (text) => (isYes(text) ? true : undefined),
  /** A flag that blocks contact: yes becomes false, that is a no to us; anything else is left out. It never lifts a no. */
  'no-if-yes': (text) => (isYes(text) ? false : undefined),
  /** `FRONT STRUTS 1,290.00`: the amount at the end of a text. */
  'money-at-end': (text) => {
    const [, amount] = AMOUNT_AT_END.exec(text) ?? [];
    return amount === undefined ? undefined : dollars(amount);
  },
  'text-before-money': (text) => text.replace(AMOUNT_AT_END, '').trim() || undefined,
  /** The first line of a text that has several. */
  'first-line': (text) => text.split(/\r?\n/, 1)[0]?.trim() || undefined,
} satisfies Record<string, Converter>;

export type ConverterName = keyof typeof converters;
const names: readonly string[] = Object.keys(converters);
const isConverterName = (name: string): name is ConverterName => names.includes(name);
export const converterNames = names.filter(isConverterName);

/** An empty text, and what systems write in place of one, count as left out. */
export function convert(name: ConverterName, text: string, reading: Reading): Converted {
  const trimmed = text.trim();
  if (trimmed === '' || isFiller(trimmed)) return undefined;
  return (converters[name] as Converter)(trimmed, reading);
}

/** How systems write that there is no date. */
const FILLERS = /^(?:0001-01-01.*|0?0\/0?0\/0{2,4}|0000-00-00|00000000|n\/a|null)$/i;
const isFiller = (text: string) => FILLERS.test(text);

const AMOUNT_AT_END = /[-–:\s]*\$?(\d[\d,]*\.\d\d)$/;
const isYes = (text: string) => /^(?:y|yes|true|t|1)$/i.test(text);

function wholeNumber(text: string): number | undefined {
  const digits = text.replaceAll(',', '');
  if (!/^[+-]?\d{1,15}$/.test(digits)) return undefined;
  const value = Number(digits);
  return value === 0 ? 0 : value;
}

/**
 * Cents from dollars. A minus may stand before or after the number; brackets and the bookkeepers' CR mean negative.
 * More than two decimals are rounded: programs that add in binary write `1234.5600000000001`.
 */
function dollars(text: string): number | undefined {
  const [, inner] = /^\$?\s*\((.+)\)$/.exec(text) ?? [];
  if (inner !== undefined) {
    const amount = dollars(inner);
    return amount === undefined || amount < 0 ? undefined : negative(amount);
  }
  const [, before, first, digits = '', fraction = '', after] =
    /^(-)?\s*\$?\s*(-)?([\d,]*)(?:\.(\d{0,17}))?\s*(-|CR)?$/i.exec(text) ?? [];
  if (digits === '' && fraction === '') return undefined;
  if (!/^(?:\d*|\d{1,3}(?:,\d{3})+)$/.test(digits)) return undefined;
  const signs = [before, first, after].filter((one) => one !== undefined);
  if (signs.length > 1) return undefined;
  const cents = Math.round(Number(digits.replaceAll(',', '')) * 100 + Number(`0.${fraction || '0'}`) * 100);
  return signs.length > 0 ? negative(cents) : cents;
}

const negative = (cents: number): number => (cents === 0 ? 0 : -cents);

function instant(text: string): string | undefined {
  if (/^\d{13}$/.test(text)) return new Date(Number(text)).toISOString();
  // Some systems write a space, `2026-07-30 19:23:32+00:00`; .NET writes seven decimals of a second.
  const iso = text.replace(' ', 'T').replace(/(\.\d{3})\d+/, '$1');
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/.test(iso)) return undefined;
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

function localInstant(text: string, { dates, year, timeZone }: Reading): string | undefined {
  const date = plainDate(text, dates, year);
  const time = timeOfDay(text);
  return date === undefined || time === undefined ? undefined : timeOn(timeZone, date, time);
}

/** A US or Canadian number in the usual form; other numbers stay as they are. */
function dialed(text: string): string | undefined {
  const digits = text.replaceAll(/\D/g, '').replace(/^1(?=\d{10}$)/, '');
  if (/^0*$/.test(digits)) return undefined;
  return digits.length === 10 ? `(${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}` : text;
}
