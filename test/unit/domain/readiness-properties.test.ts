import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../functions/group/business-time.ts';
import { exceeds, reaches, shareOf } from '../../../functions/group/money.ts';
import { type Assessment, assess, type Circumstances, dollars } from '../../../functions/readiness/assess.ts';
import { type Given, questionOf, recently, today } from './readiness-questions.ts';

const cents = fc.integer({ min: 0, max: 1_000_000 });
const near = (days: number) => fc.integer({ min: -days, max: days }).map((shift) => addDays(today, shift));
const asOf = fc.integer({ min: 0, max: 45 }).map((days) => addDays(today, -days));
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 4 });

/** Quotes around every threshold, with any of the facts missing or stale. */
const quotes = fc.record({
  vehicle: fc.record({
    vin: fc.constant('1HGCM82633A004352'),
    year: maybe(fc.integer({ min: 2010, max: 2026 })),
    odometerMiles: maybe(fc.integer({ min: 1, max: 200_000 })),
  }),
  quote: fc.record({ totalCents: cents, worthIt: maybe(fc.boolean()) }),
  value: maybe(fc.record({ cents, asOf })),
  equity: maybe(
    fc.record({
      lowCents: fc.integer({ min: -500_000, max: 900_000 }),
      highCents: fc.integer({ min: -500_000, max: 900_000 }),
      originalPriceCents: maybe(fc.constant(2_000_000)),
      asOf,
    }),
  ),
  lease: maybe(
    fc.record({
      maturesOn: near(500),
      allowedMiles: maybe(fc.integer({ min: 0, max: 200_000 })),
      paymentsLeft: maybe(fc.nat(24)),
      asOf,
    }),
  ),
  warranty: maybe(
    fc.record({
      factoryEndsOn: maybe(near(200)),
      factoryEndsMiles: maybe(fc.integer({ min: 0, max: 200_000 })),
      extendedEndsOn: maybe(near(200)),
      extendedEndsMiles: maybe(fc.integer({ min: 0, max: 200_000 })),
      asOf,
    }),
  ),
  replacement: maybe(fc.record({ monthlyPaymentCents: fc.nat(60_000), asOf })),
  ownership: maybe(
    fc.record({
      boughtOn: maybe(near(2_500)),
      status: maybe(fc.constantFrom('owned' as const, 'leased' as const, 'sold' as const)),
      asOf,
    }),
  ),
});
const histories = fc.record({
  customerSince: fc.constantFrom('2019-01-01', '2025-01-01'),
  visits12: fc.integer({ min: 2, max: 5 }),
  carPayCents12: cents,
  declinedCents12: fc.nat(200_000),
  comebacks12: fc.nat(3),
});
const questions: fc.Arbitrary<Given> = fc.record({
  quote: quotes,
  history: fc
    .tuple(histories, maybe(fc.integer({ min: 1_000, max: 40_000 })))
    .map(([history, pace]) => (pace === undefined ? history : { ...history, milesPerYear: pace })),
});

type Facts = NonNullable<Given['quote']>;
const dated = ['value', 'equity', 'lease', 'warranty', 'replacement', 'ownership'] as const;

function older(quote: Facts, fact: (typeof dated)[number], days: number): Facts {
  const given = quote[fact];
  return given === undefined ? quote : { ...quote, [fact]: { ...given, asOf: addDays(given.asOf, -days) } };
}

const names = (found: Assessment) => found.reasonsFor.map(({ name }) => name);

/** Whatever the second assessment counts, the first counted too. */
function countsNoMore(before: Assessment, after: Assessment): void {
  expect(names(before)).toEqual(expect.arrayContaining(names(after)));
  expect(after.independent).toBeLessThanOrEqual(before.independent);
}

const refusals = fc.constantFrom<Circumstances>(
  { optedOut: true },
  { saidNo: true },
  { advisorSaidNo: true },
  { alreadyAnswered: true },
  { nobodyToReceive: true },
  { lastNudgedOn: recently },
  { lastContactedOn: recently },
  { boughtOn: recently },
  { openDealAtStores: ['south'] },
);

describe('whatever the facts are', () => {
  it('a reason to stay silent never creates a nudge, and always ends one', () => {
    fc.assert(
      fc.property(questions, refusals, (given, circumstances) => {
        const after = assess(questionOf({ ...given, circumstances }));
        expect(after.nudge).toBe(false);
        expect(names(after)).toEqual(names(assess(questionOf(given))));
      }),
    );
  });

  it('a fact that is not known never counts', () => {
    fc.assert(
      fc.property(questions, fc.constantFrom(...dated), (given, fact) => {
        const before = assess(questionOf(given));
        const after = assess(questionOf({ ...given, quote: { ...given.quote, [fact]: undefined } }));
        countsNoMore(before, after);
        const silenced = fact === 'equity' || fact === 'ownership' ? before.suppressions.length > 0 : false;
        if (!silenced && after.nudge) expect(before.nudge).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('an unread odometer, an unknown model year or an unknown history never counts', () => {
    fc.assert(
      fc.property(questions, (given) => {
        const before = assess(questionOf(given));
        const vehicle = given.quote?.vehicle ?? { vin: '1HGCM82633A004352' };
        const withoutMiles = { ...given.quote, vehicle: { ...vehicle, odometerMiles: undefined } };
        const withoutYear = { ...given.quote, vehicle: { ...vehicle, year: undefined } };
        countsNoMore(before, assess(questionOf({ ...given, quote: withoutMiles })));
        countsNoMore(before, assess(questionOf({ ...given, quote: withoutYear })));
        countsNoMore(before, assess(questionOf({ ...given, history: 'none' })));
        expect(assess(questionOf({ ...given, history: 'none' })).nudge).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('an older fact never counts more, and never causes a nudge', () => {
    fc.assert(
      fc.property(
        questions,
        fc.constantFrom(...dated),
        fc.integer({ min: 1, max: 60 }),
        (given, fact, days) => {
          const before = assess(questionOf(given));
          const after = assess(questionOf({ ...given, quote: older(given.quote ?? {}, fact, days) }));
          countsNoMore(before, after);
          if (after.nudge) expect(before.nudge).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('Sales is never told of a car whose repair is the advice', () => {
    fc.assert(
      fc.property(questions, (given) => {
        const found = assess(questionOf(given));
        if (found.nudge) {
          expect(found.advice).not.toBe('repair');
          expect(found.independent).toBeGreaterThanOrEqual(found.needed);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('more reasons needed never mean more nudges', () => {
    fc.assert(
      fc.property(questions, (given) => {
        const [two, three] = [2, 3].map((reasonsNeeded) =>
          assess(questionOf({ ...given, policy: { reasonsNeeded } })),
        );
        if (three?.nudge) expect(two?.nudge).toBe(true);
      }),
    );
  });
});

describe('money', () => {
  it('is written to the cent', () => {
    expect([0, 5, 100, 240_000, 123_456_789, -50_000].map(dollars)).toEqual([
      '$0',
      '$0.05',
      '$1',
      '$2,400',
      '$1,234,567.89',
      '-$500',
    ]);
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), (amount) => {
        const [whole = '', rest = '00'] = dollars(amount).replace(/[-$,]/g, '').split('.');
        expect(Number(whole) * 100 + Number(rest)).toBe(Math.abs(amount));
      }),
    );
  });

  it('is compared to the cent, without a division', () => {
    const amount = fc.integer({ min: 1, max: 1_000_000_000 });
    fc.assert(
      fc.property(amount, amount, fc.integer({ min: 1, max: 1_000 }), (part, whole, percent) => {
        const exact = BigInt(part) * 100n - BigInt(whole) * BigInt(percent);
        expect(reaches(part, percent, whole)).toBe(exact >= 0n);
        expect(exceeds(part, percent, whole)).toBe(exact > 0n);
        expect(BigInt(shareOf(part, whole))).toBe((BigInt(part) * 100n) / BigInt(whole));
      }),
    );
  });
});
