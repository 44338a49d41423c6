import type { Cell } from '../definition.ts';
import type { Headline } from '../definitions.ts';
import type { Count } from '../interval.ts';
import { weekOf } from '../periods.ts';
import type { Proposal } from '../proposals.ts';
import { type CellsIn, countIn, countOf } from './count-in.ts';
import type { Measure, Thanks, WeeklySummary } from './summary.ts';
import { alarmsIn, gapsIn } from './team.ts';
import { lastMonthOf, lastWeekOf, monthsBefore, type Period, threeMonthsBefore } from './weeks-and-months.ts';

/** The five numbers of the report, and how many days after a period its last case is known. */
const measured = [
  { name: 'sold', ripeAfterDays: 0 },
  { name: 'introduced', ripeAfterDays: 0 },
  // Booked within seven days of the sale.
  { name: 'first-visit-booked', ripeAfterDays: 7 },
  // Came within thirty days of the due date.
  { name: 'first-service-show', ripeAfterDays: 30 },
  { name: 'referred-to-sales', ripeAfterDays: 0 },
] as const satisfies readonly { readonly name: Headline; readonly ripeAfterDays: number }[];

export interface Summarizing {
  /** The day of counting, `YYYY-MM-DD`. */
  readonly today: string;
  /** The cells of one number in one period, of the stores that the report covers. */
  readonly cellsIn: CellsIn;
  /** A store's report is about people, the group's about stores. */
  readonly about: 'people' | 'stores';
  readonly proposals?: readonly Proposal[];
  /** The month of the oldest fact. */
  readonly since?: string | undefined;
}

/** The content of the weekly report. The same counts give the same report. */
export function summarize({ today, cellsIn, about, proposals = [], since }: Summarizing): WeeklySummary {
  const whose = about === 'people' ? ({ person }: Cell) => person : ({ storeId }: Cell) => storeId;
  const month = lastMonthOf(today, 0);
  return {
    today,
    week: weekOf(today),
    measures: measured.map((one) => measureOf(one, today, cellsIn)),
    thanks: about === 'people' ? thanksIn(lastWeekOf(today, 0), cellsIn) : [],
    gaps: gapsIn(month, cellsIn, whose),
    alarms: about === 'people' ? alarmsIn(month, cellsIn) : [],
    proposals: [...proposals],
    ...(since === undefined ? {} : { since }),
  };
}

function measureOf(
  { name, ripeAfterDays }: (typeof measured)[number],
  today: string,
  cellsIn: CellsIn,
): Measure {
  const week = lastWeekOf(today, ripeAfterDays);
  const month = lastMonthOf(today, ripeAfterDays);
  const yearAgo = monthsBefore(month, 12);
  const inPeriod = (period: Period): Count => countIn(cellsIn, name, [period]);
  return {
    name,
    lastWeek: { ...inPeriod(week), week: week.of },
    lastMonth: { ...inPeriod(month), month: month.of },
    yearAgo: { ...inPeriod(yearAgo), month: yearAgo.of },
    before: countIn(cellsIn, name, threeMonthsBefore(month)),
  };
}

/** How many of something in a week a manager thanks for. */
const worthThanks = [
  { name: 'referrals-accepted', is: ({ part }: Count) => part >= 3 },
  { name: 'introduced', is: ({ part, whole }: Count) => part === whole && whole >= 5 },
] as const;
const MOST_THANKED = 3;

function thanksIn(week: Period, cellsIn: CellsIn): Thanks[] {
  return worthThanks
    .flatMap(({ name, is }) =>
      [...Map.groupBy(cellsIn(name, week), ({ person }) => person)].flatMap(([who, cells]): Thanks[] => {
        const count = countOf(cells);
        return who !== undefined && is(count) ? [{ who, name, ...count }] : [];
      }),
    )
    .toSorted((one, other) => other.part - one.part || (one.who < other.who ? -1 : 1))
    .slice(0, MOST_THANKED);
}
