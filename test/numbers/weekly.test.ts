import { describe, expect, it } from 'vitest';
import type { Cell } from '../../functions/numbers/definition.ts';
import type { Count } from '../../functions/numbers/interval.ts';
import { changeOf } from '../../functions/numbers/weekly/changes.ts';
import type { CellsIn } from '../../functions/numbers/weekly/count-in.ts';
import { summarize } from '../../functions/numbers/weekly/summarize.ts';
import type { Measure } from '../../functions/numbers/weekly/summary.ts';

const none: Count = { part: 0, whole: 0 };
const of = (part: number, whole: number): Count => ({ part, whole });

function measureWith(given: { now?: Count; yearAgo?: Count; before?: Count }): Measure {
  const { now = none, yearAgo = none, before = none } = given;
  return {
    name: 'introduced',
    lastWeek: { ...none, week: '2026-11-16' },
    lastMonth: { ...now, month: '2026-10' },
    yearAgo: { ...yearAgo, month: '2025-10' },
    before,
  };
}

describe('a change is called one only where it is more than chance', () => {
  it.each([
    { says: 'up', now: of(40, 50), yearAgo: of(20, 50), expected: ['up', 'a year ago'] },
    { says: 'down', now: of(20, 50), yearAgo: of(40, 50), expected: ['down', 'a year ago'] },
    { says: 'no change', now: of(26, 50), yearAgo: of(24, 50), expected: ['same', 'a year ago'] },
    {
      says: 'up since the three months before, where a year ago is not known',
      now: of(40, 50),
      before: of(60, 150),
      expected: ['up', 'the three months before'],
    },
    {
      says: 'the same against the three months before, where a year ago had too few cases',
      now: of(40, 50),
      yearAgo: of(1, 19),
      before: of(120, 150),
      expected: ['same', 'the three months before'],
    },
  ])('a rate: $says', ({ now, yearAgo, before, expected }) => {
    const change = changeOf(
      measureWith({ now, ...(yearAgo && { yearAgo }), ...(before && { before }) }),
      'rate',
    );
    expect([change?.is, change?.against]).toEqual(expected);
  });

  it('a rate of nineteen cases is compared with nothing', () => {
    expect(changeOf(measureWith({ now: of(19, 19), yearAgo: of(1, 100) }), 'rate')).toBeUndefined();
  });

  it.each([
    { says: 'up', now: 60, yearAgo: 30, expected: 'up' },
    { says: 'down', now: 30, yearAgo: 60, expected: 'down' },
    { says: 'no change', now: 42, yearAgo: 36, expected: 'same' },
  ])('a number of cars: $says', ({ now, yearAgo, expected }) => {
    const measure = measureWith({ now: of(now, now), yearAgo: of(yearAgo, yearAgo) });
    expect(changeOf(measure, 'count')?.is).toBe(expected);
  });

  it('a number of cars against the three months before: a third of them is no change', () => {
    expect(changeOf(measureWith({ now: of(40, 40), before: of(120, 120) }), 'count')?.is).toBe('same');
    expect(changeOf(measureWith({ now: of(70, 70), before: of(120, 120) }), 'count')?.is).toBe('up');
  });
});

/** Cells by number and period: `['introduced', '2026-10', 'S1', 4, 12]`. */
type Row = readonly [name: string, period: string, person: string, part: number, whole: number];

const cellsOf =
  (rows: readonly Row[]): CellsIn =>
  (name, { of: period }) =>
    rows
      .filter(([itsName, itsPeriod]) => itsName === name && itsPeriod === period)
      .map(
        ([, , person, part, whole]): Cell => ({
          storeId: 'north',
          person,
          period,
          breakdown: undefined,
          part,
          whole,
        }),
      );

const reportOn = (today: string, rows: readonly Row[]) =>
  summarize({ today, cellsIn: cellsOf(rows), about: 'people' });

describe('on Monday, November 23', () => {
  const today = '2026-11-23';

  it('each number is of the last week and month of which everything is known', () => {
    const { measures } = reportOn(today, []);
    const periods = measures.map(({ name, lastWeek, lastMonth, yearAgo }) => [
      ...[name, lastWeek.week, lastMonth.month, yearAgo.month],
    ]);
    expect(periods).toEqual([
      ['sold', '2026-11-16', '2026-10', '2025-10'],
      ['introduced', '2026-11-16', '2026-10', '2025-10'],
      ['first-visit-booked', '2026-11-09', '2026-10', '2025-10'],
      ['first-service-show', '2026-10-12', '2026-09', '2025-09'],
      ['referred-to-sales', '2026-11-16', '2026-10', '2025-10'],
    ]);
  });

  it('thanks go to who had three referrals taken up, and who had all of five buyers meet Service', () => {
    const { thanks } = reportOn(today, [
      ['referrals-accepted', '2026-11-16', 'A1', 3, 4],
      ['referrals-accepted', '2026-11-16', 'A2', 2, 2],
      ['introduced', '2026-11-16', 'S1', 5, 5],
      ['introduced', '2026-11-16', 'S2', 4, 4],
      ['introduced', '2026-11-16', 'S3', 8, 9],
    ]);
    expect(thanks).toEqual([
      { who: 'S1', name: 'introduced', part: 5, whole: 5 },
      { who: 'A1', name: 'referrals-accepted', part: 3, whole: 4 },
    ]);
  });

  it('who fell behind their own three months is named, never who always did less than others', () => {
    const { gaps } = reportOn(today, [
      ['introduced', '2026-07', 'S1', 9, 11],
      ['introduced', '2026-08', 'S1', 10, 11],
      ['introduced', '2026-09', 'S1', 10, 11],
      ['introduced', '2026-10', 'S1', 4, 12],
      ['introduced', '2026-08', 'S2', 12, 60],
      ['introduced', '2026-10', 'S2', 3, 20],
    ]);
    expect(gaps).toEqual([
      { who: 'S1', name: 'introduced', month: '2026-10', part: 4, whole: 12, before: of(29, 33) },
    ]);
  });

  it('twenty-nine cases before are too few to say that somebody fell behind', () => {
    expect(
      reportOn(today, [
        ['introduced', '2026-09', 'S1', 29, 29],
        ['introduced', '2026-10', 'S1', 0, 12],
      ]).gaps,
    ).toEqual([]);
  });

  it('referrals are absent where so many orders without one are too many for chance', () => {
    const { alarms } = reportOn(today, [
      ['referred-to-sales', '2026-10', 'A1', 0, 100],
      ['referred-to-sales', '2026-10', 'A2', 0, 98],
      ['referred-to-sales', '2026-10', 'A3', 1, 300],
    ]);
    expect(alarms).toEqual([{ is: 'referrals-absent', who: 'A1', month: '2026-10', part: 0, whole: 100 }]);
  });

  it('a store that refers one in ten expects one of fewer orders, but never of fewer than thirty', () => {
    const { alarms } = reportOn(today, [
      ['referred-to-sales', '2026-09', 'A3', 60, 300],
      ['referred-to-sales', '2026-10', 'A1', 0, 30],
      ['referred-to-sales', '2026-10', 'A2', 0, 29],
    ]);
    expect(alarms.map(({ who }) => who)).toEqual(['A1']);
  });

  it('introductions are skipped where fewer than half of three months’ buyers met Service, for certain', () => {
    const { alarms } = reportOn(today, [
      ['introduced', '2026-08', 'S1', 3, 14],
      ['introduced', '2026-09', 'S1', 3, 14],
      ['introduced', '2026-10', 'S1', 3, 14],
      ['introduced', '2026-10', 'S2', 14, 30],
      ['introduced', '2026-10', 'S3', 0, 29],
    ]);
    expect(alarms).toEqual([
      { is: 'introductions-skipped', who: 'S1', month: '2026-10', part: 9, whole: 42 },
    ]);
  });
});

it('in the report of the group the stores stand where a store has its people, and nobody is named', () => {
  const months = ['2026-07', '2026-08', '2026-09'];
  const cellsIn = cellsOf([
    ...months.map((month): Row => ['introduced', month, 'S1', 60, 80]),
    ['introduced', '2026-10', 'S1', 20, 80],
  ]);
  const { gaps, thanks, alarms } = summarize({ today: '2026-11-23', cellsIn, about: 'stores' });
  expect(gaps.map(({ who }) => who)).toEqual(['north']);
  expect([...thanks, ...alarms]).toEqual([]);
});
