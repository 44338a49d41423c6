import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canRank, differs, hasRate, newcombe, shareOf, wilson } from '../../functions/numbers/interval.ts';

const count = fc
  .integer({ min: 1, max: 100_000 })
  .chain((whole) => fc.integer({ min: 0, max: whole }).map((part) => ({ part, whole })));

describe('a rate is shown with what is not known of it', () => {
  // Newcombe, Statistics in Medicine 17 (1998), 857–872, table I, method 3.
  it.each([
    { part: 81, whole: 263, low: 0.2553, high: 0.3662 },
    { part: 15, whole: 148, low: 0.0624, high: 0.1605 },
    { part: 0, whole: 20, low: 0, high: 0.1611 },
    { part: 1, whole: 29, low: 0.0061, high: 0.1718 },
  ])('$part of $whole lies between $low and $high, as the paper has it', ({ low, high, ...of }) => {
    const interval = wilson(of);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  // Newcombe, Statistics in Medicine 17 (1998), 873–890, table II, method 10.
  it.each([
    { first: { part: 56, whole: 70 }, second: { part: 48, whole: 80 }, low: 0.0524, high: 0.3339 },
    { first: { part: 9, whole: 10 }, second: { part: 3, whole: 10 }, low: 0.1705, high: 0.809 },
    { first: { part: 5, whole: 56 }, second: { part: 0, whole: 29 }, low: -0.0381, high: 0.1926 },
    { first: { part: 10, whole: 10 }, second: { part: 0, whole: 10 }, low: 0.6075, high: 1 },
  ])(
    '$first against $second differs by $low to $high, as the paper has it',
    ({ first, second, low, high }) => {
      const interval = newcombe(first, second);
      expect(interval.low).toBeCloseTo(low, 4);
      expect(interval.high).toBeCloseTo(high, 4);
    },
  );

  it('holds the rate itself, stays between none and all, and says the same the other way round', () => {
    fc.assert(
      fc.property(count, count, (first, second) => {
        const { low, high } = wilson(first);
        const share = shareOf(first);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(share + 1e-12);
        expect(high).toBeGreaterThanOrEqual(share - 1e-12);
        const there = newcombe(first, second);
        const back = newcombe(second, first);
        expect(there.low).toBeCloseTo(-back.high, 10);
      }),
    );
  });

  it('says that two rates differ only where their difference leaves no room for none', () => {
    expect(differs({ part: 56, whole: 70 }, { part: 48, whole: 80 })).toBe(true);
    expect(differs({ part: 5, whole: 56 }, { part: 0, whole: 29 })).toBe(false);
  });

  it.each([
    { whole: 19, rate: false, rank: false },
    { whole: 20, rate: true, rank: false },
    { whole: 29, rate: true, rank: false },
    { whole: 30, rate: true, rank: true },
  ])('of $whole cases: a rate $rate, a rank among people $rank', ({ whole, rate, rank }) => {
    expect([hasRate({ part: 1, whole }), canRank({ part: 1, whole })]).toEqual([rate, rank]);
  });
});
