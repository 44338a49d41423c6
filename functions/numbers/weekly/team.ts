import type { Cell } from '../definition.ts';
import type { Headline } from '../definitions.ts';
import { type Count, canRank, differs, shareOf, wilson } from '../interval.ts';
import { type CellsIn, countIn, countOf } from './count-in.ts';
import type { Gap, TeamAlarm } from './summary.ts';
import { type Period, threeMonthsBefore } from './weeks-and-months.ts';

/** The numbers in which people are compared with their own past. */
const compared = [
  'introduced',
  'first-visit-booked',
  'referred-to-sales',
] as const satisfies readonly Headline[];
const MOST_GAPS = 3;

/**
 * People who did less of something in a month than in their own three months before. There must be at least thirty
 * cases in those months, and the difference must be more than chance. People are never compared with each other.
 */
export function gapsIn(month: Period, cellsIn: CellsIn, whose: (cell: Cell) => string | undefined): Gap[] {
  return compared
    .flatMap((name) =>
      byWhom(cellsIn(name, month), whose).flatMap(([who, now]): Gap[] => {
        const earlier = threeMonthsBefore(month).flatMap((one) => cellsIn(name, one));
        const before = countOf(earlier.filter((cell) => whose(cell) === who));
        return isBehind(now, before) ? [{ who, name, month: month.of, ...now, before }] : [];
      }),
    )
    .toSorted((one, other) => widthOf(other) - widthOf(one))
    .slice(0, MOST_GAPS);
}

const isBehind = (now: Count, before: Count): boolean =>
  canRank(before) && now.whole > 0 && shareOf(now) < shareOf(before) && differs(now, before);

const widthOf = (gap: Gap): number => shareOf(gap.before) - shareOf(gap);

const byWhom = (
  cells: readonly Cell[],
  whose: (cell: Cell) => string | undefined,
): (readonly [string, Count])[] =>
  [...Map.groupBy(cells, whose)].flatMap(([who, those]) =>
    who === undefined ? [] : [[who, countOf(those)]],
  );

/** The trade's goal is that 3 to 5 % of repair orders become sales, and only a referral can become one. */
const GOAL_OF_REFERRALS = 0.03;
/** Anything rarer counts as more than chance: the same confidence as everywhere else. */
const CHANCE = 0.05;
const HALF = 0.5;

/**
 * What is unlikely to be chance in a whole month. First, an advisor without a single referral, if an advisor with as
 * many orders would have none in fewer than one month of twenty, by the store's own rate or the trade's goal,
 * whichever is higher. Second, a salesperson whose buyers of three months met Service in fewer than half of the
 * cases, even allowing for chance in their favor.
 */
export const alarmsIn = (month: Period, cellsIn: CellsIn): TeamAlarm[] => [
  ...withoutReferrals(month, cellsIn),
  ...withoutIntroductions(month, cellsIn),
];

const people = ({ person }: Cell) => person;

function withoutReferrals(month: Period, cellsIn: CellsIn): TeamAlarm[] {
  const name = 'referred-to-sales';
  const store = countIn(cellsIn, name, [...threeMonthsBefore(month), month]);
  const expected = Math.max(GOAL_OF_REFERRALS, store.whole === 0 ? 0 : shareOf(store));
  return byWhom(cellsIn(name, month), people).flatMap(([who, count]): TeamAlarm[] => {
    const isAbsent = count.part === 0 && canRank(count) && (1 - expected) ** count.whole < CHANCE;
    return isAbsent ? [{ is: 'referrals-absent', who, month: month.of, ...count }] : [];
  });
}

function withoutIntroductions(month: Period, cellsIn: CellsIn): TeamAlarm[] {
  const [, ...lastTwo] = threeMonthsBefore(month);
  const cells = [...lastTwo, month].flatMap((one) => cellsIn('introduced', one));
  return byWhom(cells, people).flatMap(([who, count]): TeamAlarm[] =>
    canRank(count) && wilson(count).high < HALF
      ? [{ is: 'introductions-skipped', who, month: month.of, ...count }]
      : [],
  );
}
