import type { Cell, Definition } from './definition.ts';
import { canRank, hasRate, type Interval, shareOf, wilson } from './interval.ts';

export const groupings = ['group', 'store', 'person', 'month'] as const;
export type Grouping = (typeof groupings)[number];

/** The cells that a report covers. Periods are months or weeks, like those of the cells; both ends are included. */
export interface Selection {
  readonly storeId?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** What one line is about. A field is undefined if the line covers all its values. */
interface Subject {
  readonly storeId?: string;
  readonly person?: string;
  readonly month?: string;
  readonly breakdown?: string;
}

/** From twenty cases on, a rate with its interval; with fewer, only the counts. */
export type Value =
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'minutes'; readonly median: number; readonly cases: number }
  | { readonly kind: 'few'; readonly part: number; readonly whole: number }
  | {
      readonly kind: 'rate';
      readonly part: number;
      readonly whole: number;
      readonly rate: number;
      readonly interval: Interval;
    };

export interface Line extends Subject {
  readonly value: Value;
  /** The rank among the people of the same store and breakdown. Only people with enough cases have one. */
  readonly rank?: number;
}

export interface Section {
  readonly definition: Definition;
  readonly lines: readonly Line[];
}

export function sectionOf(
  definition: Definition,
  cells: readonly Cell[],
  by: Grouping,
  selection: Selection = {},
): Section {
  const groups = Map.groupBy(
    cells.filter((cell) => isSelected(cell, selection)),
    (cell) => JSON.stringify(subjectOf(cell, by)),
  );
  const lines = [...groups.values()]
    .flatMap((group): Line[] => {
      const [first] = group;
      return first ? [{ ...subjectOf(first, by), value: valueFrom(definition, group) }] : [];
    })
    .sort(bySubject);
  return { definition, lines: by === 'person' ? ranked(lines, definition) : lines };
}

export const isSelected = ({ storeId, period }: Cell, { storeId: only, from, to }: Selection): boolean =>
  (only === undefined || storeId === only) &&
  (from === undefined || period >= from) &&
  (to === undefined || period <= to);

function subjectOf({ storeId, person, period, breakdown }: Cell, by: Grouping): Subject {
  const sort = breakdown === undefined ? {} : { breakdown };
  switch (by) {
    case 'group':
      return sort;
    case 'store':
      return { storeId, ...sort };
    case 'person':
      // An employee number identifies a person at one store only.
      return { storeId, ...(person === undefined ? {} : { person }), ...sort };
    case 'month':
      return { month: period, ...sort };
  }
}

function valueFrom({ unit }: Definition, cells: readonly Cell[]): Value {
  if (unit === 'minutes')
    return { kind: 'minutes', median: medianOf(cells), cases: sum(cells, ({ whole }) => whole) };
  const part = sum(cells, (cell) => cell.part);
  if (unit === 'count') return { kind: 'count', count: part };
  const count = { part, whole: sum(cells, ({ whole }) => whole) };
  return hasRate(count)
    ? { kind: 'rate', ...count, rate: shareOf(count), interval: wilson(count) }
    : { kind: 'few', ...count };
}

const sum = (cells: readonly Cell[], of: (cell: Cell) => number): number =>
  cells.reduce((total, cell) => total + of(cell), 0);

/** The median of cells that each state how many cases took how many minutes; of two middles, the lower. */
function medianOf(cells: readonly Cell[]): number {
  const middle = sum(cells, ({ whole }) => whole) / 2;
  let passed = 0;
  for (const { part, whole } of cells.toSorted((one, other) => one.part - other.part)) {
    passed += whole;
    if (passed >= middle) return part;
  }
  return 0;
}

const textOf = ({ storeId = '', month = '', breakdown = '', person = '' }: Subject) =>
  [storeId, month, breakdown, person].join('\u0000');

const bySubject = (one: Line, other: Line): number =>
  textOf(one) < textOf(other) ? -1 : Number(textOf(one) > textOf(other));

/** Ranks people within a store and breakdown, best first. Those with too few cases keep their counts and get no rank. */
function ranked(lines: readonly Line[], { better }: Definition): Line[] {
  if (better === undefined) return [...lines];
  const sign = better === 'more' ? -1 : 1;
  const among = Map.groupBy(
    lines.filter(({ value, person }) => person !== undefined && value.kind === 'rate' && canRank(value)),
    ({ storeId, breakdown }) => JSON.stringify([storeId, breakdown]),
  );
  const places = new Map<Line, number>();
  for (const group of among.values()) {
    const sorted = group.toSorted((one, other) => sign * (rateOf(one) - rateOf(other)));
    for (const line of sorted)
      places.set(line, sorted.findIndex((other) => rateOf(other) === rateOf(line)) + 1);
  }
  return lines.map((line) => {
    const rank = places.get(line);
    return rank === undefined ? line : { ...line, rank };
  });
}

const rateOf = ({ value }: Line): number => (value.kind === 'rate' ? value.rate : 0);
