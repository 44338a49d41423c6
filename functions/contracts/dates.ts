import { limits } from './limits.ts';
import type { Finding } from './read-detail.ts';

/**
 * How far a date may lie from the time of its fact. A mistyped year would make a handoff wait for ten years, or write
 * to somebody about a car they had ten years ago.
 */
export type DateBound =
  /** It has already happened: at most `limits.aheadDays` after now. */
  | { readonly is: 'past' }
  /** It is planned: at most this many days before or after `occurredAt`. */
  | { readonly is: 'plan'; readonly daysBefore: number; readonly daysAfter: number };

/** The bounds by path, such as `firstService.dueOn`. */
export type DateBounds = Readonly<Record<string, DateBound>>;

export const past: DateBound = { is: 'past' };
export const plan = (daysBefore: number, daysAfter: number): DateBound => ({
  is: 'plan',
  daysBefore,
  daysAfter,
});

/** The dates of a fact that are out of bounds. Without `now`, dates that must not be in the future are not checked. */
export function misdated(bounds: DateBounds, fact: unknown, now: string | undefined): Finding[] {
  const occurredAt = dateAt(fact, ['occurredAt']);
  return Object.entries({ occurredAt: past, ...bounds }).flatMap(([name, bound]) => {
    const path = name.split('.');
    const date = dateAt(fact, path);
    if (date === undefined) return [];
    const found = judge(bound, Date.parse(date), { occurredAt, now });
    return found === undefined ? [] : [{ path, is: 'wrong', ...found }];
  });
}

const DAY = 86_400_000;

type Moment = string | undefined;

function judge(
  bound: DateBound,
  date: number,
  { occurredAt, now }: { readonly occurredAt: Moment; readonly now: Moment },
): Pick<Finding, 'code' | 'because'> | undefined {
  const isPast = bound.is === 'past';
  const [start, after] = isPast ? [now, limits.aheadDays] : [occurredAt, bound.daysAfter];
  if (start === undefined) return undefined;
  const days = (date - Date.parse(start)) / DAY;
  if (days > after) {
    const from = isPast ? 'ahead of now' : 'after occurredAt';
    return { code: 'too-far-ahead', because: `expected at most ${daysText(after)} ${from}` };
  }
  if (isPast || days >= -bound.daysBefore) return undefined;
  return {
    code: 'too-long-ago',
    because: `expected at most ${daysText(bound.daysBefore)} before occurredAt`,
  };
}

const daysText = (days: number) => (days === 1 ? '1 day' : `${days} days`);

function dateAt(value: unknown, [name, ...further]: readonly string[]): string | undefined {
  if (name === undefined) return typeof value === 'string' ? value : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  const inner: unknown = Object.entries(value).find(([key]) => key === name)?.[1];
  return dateAt(inner, further);
}
