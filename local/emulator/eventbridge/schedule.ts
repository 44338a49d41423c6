/** Returns the schedule's first instant after a given one, both in milliseconds since 1970. */
export type NextTick = (after: number) => number;

const minute = 60_000;
const unitMs: Record<string, number> = { minute, hour: 60 * minute, day: 24 * 60 * minute };

const names: Record<string, number> = Object.fromEntries([
  ...['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'].map((name, at) => [
    name,
    at + 1,
  ]),
  ...['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'].map((name, at) => [name, at + 1]),
]);

interface Field {
  name: string;
  min: number;
  max: number;
}

const fields: Field[] = [
  { name: 'minutes', min: 0, max: 59 },
  { name: 'hours', min: 0, max: 23 },
  { name: 'day of month', min: 1, max: 31 },
  { name: 'month', min: 1, max: 12 },
  { name: 'day of week', min: 1, max: 7 },
  { name: 'year', min: 1970, max: 2199 },
];

function rate(expression: string): NextTick | undefined {
  const match = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  const unit = unitMs[match?.[2] ?? ''];
  const count = Number(match?.[1]);
  if (!match || !unit || count < 1) return undefined;
  return (after) => after + count * unit;
}

function numberIn(text: string, field: Field): number {
  const value = names[text.toUpperCase()] ?? (/^\d+$/.test(text) ? Number(text) : Number.NaN);
  if (value >= field.min && value <= field.max) return value;
  throw new Error(`cron: ${field.name} can't be ${text}`);
}

function part(text: string, field: Field): number[] {
  const [span = '', step] = text.split('/');
  const [from = '', to] = span.split('-');
  const first = from === '*' ? field.min : numberIn(from, field);
  const openEnd = from === '*' || step !== undefined;
  const last = to !== undefined ? numberIn(to, field) : openEnd ? field.max : first;
  const by = step === undefined ? 1 : Number(step);
  if (!Number.isInteger(by) || by < 1) throw new Error(`cron: ${field.name} can't step by ${step}`);
  return Array.from({ length: Math.floor((last - first) / by) + 1 }, (_none, at) => first + at * by);
}

function fieldValues(text: string, field: Field): Set<number> {
  return new Set(text === '?' ? part('*', field) : text.split(',').flatMap((each) => part(each, field)));
}

function dayMatches(day: Date, [, , dates, months, weekdays, years]: Set<number>[]): boolean {
  return (
    years?.has(day.getUTCFullYear()) === true &&
    months?.has(day.getUTCMonth() + 1) === true &&
    dates?.has(day.getUTCDate()) === true &&
    weekdays?.has(day.getUTCDay() + 1) === true
  );
}

function firstTimeOfDay(day: number, after: number, [minutes, hours]: Set<number>[]): number | undefined {
  for (const hour of [...(hours ?? [])].sort((a, b) => a - b)) {
    for (const each of [...(minutes ?? [])].sort((a, b) => a - b)) {
      const at = day + (hour * 60 + each) * minute;
      if (at > after) return at;
    }
  }
  return undefined;
}

function cron(expression: string): NextTick | undefined {
  const texts = /^cron\((.+)\)$/.exec(expression)?.[1]?.trim().split(/\s+/);
  if (!texts) return undefined;
  if (texts.length !== fields.length) throw new Error(`${expression} needs six fields`);
  if ((texts[2] === '?') === (texts[4] === '?')) {
    throw new Error(`${expression} needs ? in one of day of month and day of week`);
  }
  const sets = fields.map((field, at) => fieldValues(texts[at] ?? '', field));
  return (after) => {
    const midnight = after - (after % (24 * 60 * minute));
    for (let days = 0; days < 366 * 200; days += 1) {
      const day = midnight + days * 24 * 60 * minute;
      const at = dayMatches(new Date(day), sets) ? firstTimeOfDay(day, after, sets) : undefined;
      if (at !== undefined) return at;
    }
    return Number.POSITIVE_INFINITY;
  };
}

/** `rate(...)` and `cron(...)` as in EventBridge, but without the cron letters L, W and #. */
export function parseSchedule(expression: string): NextTick {
  const next = rate(expression) ?? cron(expression);
  if (!next) throw new Error(`unknown schedule ${expression}`);
  return next;
}
