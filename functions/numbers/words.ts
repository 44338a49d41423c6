import type { Count } from './interval.ts';
import type { Line, Value } from './report.ts';

/** A figure in words, the same in reports, on the page and in the email. */
export function figureOf(value: Value): string {
  switch (value.kind) {
    case 'count':
      return grouped(value.count);
    case 'minutes':
      return minutes(value.median);
    case 'few':
      return soMany(value);
    case 'rate':
      return percent(value.rate);
  }
}

/** The basis of a figure: how many cases, and how certain it is. */
export function groundsOf(value: Value): string {
  switch (value.kind) {
    case 'count':
      return '';
    case 'minutes':
      return `${grouped(value.cases)} ${value.cases === 1 ? 'case' : 'cases'}`;
    case 'few':
      return 'too few for a rate';
    case 'rate':
      return `${soMany(value)}, ${between(value.interval.low, value.interval.high)}`;
  }
}

/** `1,234`. */
export const grouped = (count: number): string => count.toLocaleString('en-US');

export const soMany = ({ part, whole }: Count): string => `${grouped(part)} of ${grouped(whole)}`;

export const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** A share in percent with one decimal: 12.4 for 0.124. */
export const inTenths = (share: number): number => Math.round(share * 1000) / 10;

/** `6 points more`, `1.5 points fewer` */
export function points(share: number): string {
  const size = Math.abs(inTenths(share));
  if (size === 0) return 'none';
  return `${size} ${size === 1 ? 'point' : 'points'} ${share > 0 ? 'more' : 'fewer'}`;
}

const between = (low: number, high: number) => `between ${percent(low)} and ${percent(high)}`;

const HOUR = 60;

const minutes = (count: number): string => {
  if (count < HOUR) return `${count} min`;
  const rest = count % HOUR;
  return rest === 0 ? `${Math.floor(count / HOUR)} h` : `${Math.floor(count / HOUR)} h ${rest} min`;
};

/** The subject of a line in a few words. */
export function subjectOf(
  { storeId, person, month, breakdown }: Line,
  name: Names = { store: (id) => id, person: (_store, number) => number },
): string {
  const parts = [
    storeId && name.store(storeId),
    person && storeId && name.person(storeId, person),
    month,
    breakdown && sortOf(breakdown),
  ].filter((part) => part !== undefined && part !== '');
  return parts.length === 0 ? 'all' : parts.join(', ');
}

/** Names of kinds, reasons and ways read as English once the hyphens are replaced. */
export const sortOf = (breakdown: string): string => breakdown.replaceAll('-', ' ');

/** Real names for ids, for readers who may see them. */
export interface Names {
  readonly store: (storeId: string) => string;
  readonly person: (storeId: string, employeeNumber: string) => string;
}
