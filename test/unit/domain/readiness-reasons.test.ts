import { describe, expect, it } from 'vitest';
import type { Reason } from '../../../functions/readiness/assess.ts';
import { answer, type Given, oldCar, reasons, recently } from './readiness-questions.ts';

function counts(_title: string, name: Reason['name'], given: Given, isReason: boolean): void {
  expect(reasons(answer(given).reasonsFor).includes(name)).toBe(isReason);
}

describe('a signal of the repair', () => {
  it.each<[string, Reason['name'], Given, boolean]>([
    [
      '30 % of the value counts',
      'repair-against-value',
      { quote: { value: { cents: 800_000, asOf: recently } } },
      true,
    ],
    [
      'a cent under does not',
      'repair-against-value',
      { quote: { value: { cents: 800_004, asOf: recently } } },
      false,
    ],
    [
      'a year of payments counts',
      'repair-against-payments',
      { quote: { replacement: { monthlyPaymentCents: 20_000, asOf: recently } } },
      true,
    ],
    [
      'a payment more does not',
      'repair-against-payments',
      { quote: { replacement: { monthlyPaymentCents: 20_001, asOf: recently } } },
      false,
    ],
    ['$3,000 counts', 'repair-amount', { quote: { quote: { totalCents: 300_000 } } }, true],
    ['$2,999.99 does not', 'repair-amount', { quote: { quote: { totalCents: 299_999 } } }, false],
  ])('%s', counts);
});

describe('a signal of a lease', () => {
  const lease = (maturesOn: string, more = {}): Given => ({
    quote: { lease: { maturesOn, asOf: recently, ...more } },
    history: { milesPerYear: 14_600 },
  });

  it.each<[string, Reason['name'], Given, boolean]>([
    ['a lease of 6 months or less counts', 'lease-ends', lease('2027-05-20'), true],
    ['a day more does not', 'lease-ends', lease('2027-05-21'), false],
    ['a lease that ended is not about to end', 'lease-ends', lease('2026-11-19'), false],
    [
      '12 payments left over the allowance count',
      'lease-miles',
      lease('2027-11-20', { allowedMiles: 98_599, paymentsLeft: 12 }),
      true,
    ],
    [
      'just within the allowance does not',
      'lease-miles',
      lease('2027-11-20', { allowedMiles: 98_600, paymentsLeft: 12 }),
      false,
    ],
    [
      '13 payments left do not',
      'lease-miles',
      lease('2027-11-20', { allowedMiles: 90_000, paymentsLeft: 13 }),
      false,
    ],
  ])('%s', counts);
});

describe('a signal of a warranty', () => {
  const warranty = (given: object, milesPerYear?: number): Given => ({
    quote: { warranty: { asOf: recently, ...given } },
    history: milesPerYear === undefined ? {} : { milesPerYear },
  });

  it.each<[string, Reason['name'], Given, boolean]>([
    ['a warranty of 90 days counts', 'warranty-ends', warranty({ factoryEndsOn: '2027-02-18' }), true],
    ['of 91 days does not', 'warranty-ends', warranty({ factoryEndsOn: '2027-02-19' }), false],
    ['one that ended is not about to end', 'warranty-ends', warranty({ factoryEndsOn: '2026-11-19' }), false],
    [
      'a factory warranty under an extended one does not',
      'warranty-ends',
      warranty({ factoryEndsOn: '2026-12-31', extendedEndsOn: '2029-12-31' }),
      false,
    ],
    [
      '3,000 miles left at 14,600 a year are 75 days',
      'warranty-ends',
      warranty({ factoryEndsOn: '2028-01-01', factoryEndsMiles: 87_000 }, 14_600),
      true,
    ],
    [
      'at an unknown pace the date counts',
      'warranty-ends',
      warranty({ factoryEndsOn: '2028-01-01', factoryEndsMiles: 87_000 }),
      false,
    ],
    [
      'its miles are used up',
      'warranty-ends',
      warranty({ factoryEndsOn: '2026-12-31', factoryEndsMiles: 60_000 }),
      false,
    ],
  ])('%s', counts);
});

describe('a signal of the car', () => {
  const equity = (lowCents: number): Given => ({
    quote: { equity: { lowCents, highCents: 900_000, originalPriceCents: 3_000_000, asOf: recently } },
  });
  const owned = (boughtOn: string, status: 'owned' | 'leased' = 'owned'): Given => ({
    quote: { ownership: { boughtOn, status, asOf: recently } },
  });

  it.each<[string, Reason['name'], Given, boolean]>([
    ['equity over 10 % and $2,000 counts', 'equity', equity(300_001), true],
    ['10 % does not', 'equity', equity(300_000), false],
    ['owned for 5 years counts', 'owned-long', owned('2021-11-20'), true],
    ['a day less does not', 'owned-long', owned('2021-11-21'), false],
    ['leased for 3 years counts', 'owned-long', owned('2023-11-20', 'leased'), true],
    [
      'a car of ten model years counts',
      'old-car',
      { quote: { vehicle: { vin: oldCar.vin, year: 2016 } } },
      true,
    ],
    ['of nine does not', 'old-car', { quote: { vehicle: { vin: oldCar.vin, year: 2017 } } }, false],
    [
      '120,000 miles count',
      'old-car',
      { quote: { vehicle: { vin: oldCar.vin, odometerMiles: 120_000 } } },
      true,
    ],
  ])('%s', counts);
});

describe('a signal of the last twelve months', () => {
  it.each<[string, Reason['name'], Given, boolean]>([
    [
      'a quarter of the value spent counts',
      'spend-against-value',
      { history: { carPayCents12: 112_500 } },
      true,
    ],
    ['a cent less does not', 'spend-against-value', { history: { carPayCents12: 112_499 } }, false],
    [
      "what was paid for the family's other car does not",
      'spend-against-value',
      { history: { carPayCents12: 0, customerPayCents12: 900_000 } },
      false,
    ],
    ['one comeback is an accident', 'comebacks', { history: { comebacks12: 1 } }, false],
    ['$1,000 of declined work counts', 'declined-work', { history: { declinedCents12: 100_000 } }, true],
    ['$999.99 does not', 'declined-work', { history: { declinedCents12: 99_999 } }, false],
  ])('%s', counts);
});

describe('a signal', () => {
  it('speaks strongly from half of the value', () => {
    const strength = (totalCents: number) =>
      answer({ quote: { quote: { totalCents } } }).reasonsFor[0]?.strength;
    expect(strength(225_000)).toBe('strong');
    expect(strength(224_999)).toBe('counts');
  });

  it('is as old as its oldest fact', () => {
    const [repair, spend] = answer().reasonsFor;
    expect(repair).toMatchObject({ asOf: recently, ageDays: 2 });
    expect(spend).toMatchObject({ asOf: recently, ageDays: 2 });
  });

  it('may come from the evening of a store further west, not from next week', () => {
    const value = (asOf: string) => answer({ quote: { value: { cents: 450_000, asOf } } });
    expect(value('2026-11-21').reasonsFor[0]).toMatchObject({ name: 'repair-against-value', ageDays: 0 });
    expect(value('2026-11-27').unknown).toContainEqual({ name: 'value', why: 'ahead', asOf: '2026-11-27' });
  });
});
