import { describe, expect, it } from 'vitest';
import {
  type Assessment,
  assessment,
  explain,
  type Reason,
  type SuppressionName,
} from '../../../functions/readiness/assess.ts';
import { answer, type Given, leased, oldCar, reasons, recently, today } from './readiness-questions.ts';

interface Case {
  readonly given: Given;
  readonly nudge: boolean;
  readonly advice: Assessment['advice'];
  readonly because: Reason['name'][];
  readonly suppressedBy?: SuppressionName[];
}

function decides(_title: string, { given, nudge, advice, because, suppressedBy }: Case): void {
  const found = answer(given);
  expect(reasons(found.reasonsFor)).toEqual(because);
  expect(found.suppressions.map(({ name }) => name)).toEqual(suppressedBy ?? []);
  expect(found.advice).toBe(advice);
  expect(found.nudge).toBe(nudge);
}

describe('a service customer in the lane, by what the repair is against the value', () => {
  it.each<[string, Case]>([
    [
      'with half the value quoted and a quarter of it spent this year: tell Sales',
      { given: {}, nudge: true, advice: 'replace', because: ['repair-against-value', 'spend-against-value'] },
    ],
    [
      'with a third of the value quoted: tell Sales, both make sense',
      {
        given: { quote: { quote: { totalCents: 160_000 } } },
        nudge: true,
        advice: 'either',
        because: ['repair-against-value', 'spend-against-value'],
      },
    ],
    [
      'with a $900 repair on a $4,000 car: it is worth doing, leave them alone',
      {
        given: { quote: { quote: { totalCents: 90_000 }, value: { cents: 400_000, asOf: recently } } },
        nudge: false,
        advice: 'repair',
        because: ['spend-against-value'],
        suppressedBy: ['cheap-repair'],
      },
    ],
    [
      'with a $900 repair on a $4,000 car and an old car besides: still worth doing',
      {
        given: {
          quote: {
            quote: { totalCents: 90_000 },
            value: { cents: 400_000, asOf: recently },
            vehicle: oldCar,
          },
        },
        nudge: false,
        advice: 'repair',
        because: ['spend-against-value', 'old-car'],
        suppressedBy: ['cheap-repair'],
      },
    ],
    [
      'with a big repair that the shop calls worth doing: tell Sales, never say replace',
      {
        given: { quote: { quote: { totalCents: 240_000, worthIt: true } } },
        nudge: true,
        advice: 'either',
        because: ['repair-against-value', 'spend-against-value'],
      },
    ],
  ])('%s', decides);
});

describe('a service customer in the lane, whose car’s value is not known', () => {
  it.each<[string, Case]>([
    [
      'with a car that nobody appraised: the repair against its value is not known',
      {
        given: { quote: { value: undefined } },
        nudge: false,
        advice: 'either',
        because: [],
      },
    ],
    [
      'with a $3,200 repair on a car that nobody appraised: one reason is not two',
      {
        given: { quote: { value: undefined, quote: { totalCents: 320_000 } } },
        nudge: false,
        advice: 'either',
        because: ['repair-amount'],
      },
    ],
    [
      'with an appraisal of five weeks ago: it is too old to count',
      {
        given: { quote: { value: { cents: 450_000, asOf: '2026-10-16' } } },
        nudge: false,
        advice: 'either',
        because: [],
      },
    ],
    [
      'with an appraisal of zero dollars: a missing appraisal, not a worthless car',
      {
        given: { quote: { value: { cents: 0, asOf: recently } } },
        nudge: false,
        advice: 'either',
        because: [],
      },
    ],
  ])('%s', decides);
});

describe('a service customer in the lane, who owes on the car or leases it', () => {
  it.each<[string, Case]>([
    [
      'with more owed than the car would bring: keep the car, and say so',
      {
        given: { quote: { equity: { lowCents: -400_000, highCents: -250_000, asOf: recently } } },
        nudge: false,
        advice: 'repair',
        because: ['repair-against-value', 'spend-against-value'],
        suppressedBy: ['negative-equity'],
      },
    ],
    [
      'with a lease 5 months from its end and a big repair: tell Sales',
      {
        given: {
          quote: {
            quote: { totalCents: 320_000 },
            value: undefined,
            lease: { maturesOn: '2027-04-20', asOf: recently },
            ownership: leased,
          },
        },
        nudge: true,
        advice: 'either',
        because: ['repair-amount', 'lease-ends'],
      },
    ],
    [
      'with a lease 5 months from its end that also runs over its miles: that is one lease, one reason',
      {
        given: {
          quote: {
            quote: { totalCents: 160_000 },
            value: undefined,
            lease: { maturesOn: '2027-04-20', allowedMiles: 36_000, paymentsLeft: 5, asOf: recently },
            ownership: { ...leased, boughtOn: '2023-04-20' },
          },
          history: { milesPerYear: 14_600 },
        },
        nudge: false,
        advice: 'either',
        because: ['lease-ends', 'lease-miles', 'owned-long'],
      },
    ],
  ])('%s', decides);
});

describe('a service customer in the lane, by how long they have come', () => {
  it.each<[string, Case]>([
    [
      'for the second visit in a year only: not a long-term customer',
      {
        given: { history: { visits12: 2 } },
        nudge: false,
        advice: 'replace',
        because: ['repair-against-value', 'spend-against-value'],
      },
    ],
    [
      'for two years only: not a long-term customer',
      {
        given: { history: { customerSince: '2024-11-20' } },
        nudge: false,
        advice: 'replace',
        because: ['repair-against-value', 'spend-against-value'],
      },
    ],
    [
      'of whom no visit is known: silence',
      { given: { history: 'none' }, nudge: false, advice: 'either', because: ['repair-against-value'] },
    ],
  ])('%s', decides);
});

describe('a service customer in the lane, by what was done and declined before', () => {
  it.each<[string, Case]>([
    [
      'with a 12-year-old car and the third big bill: replacing it is worth a look',
      {
        given: {
          quote: { quote: { totalCents: 280_000 }, vehicle: oldCar },
          history: { carPayCents12: 310_000, customerPayCents12: 310_000 },
        },
        nudge: true,
        advice: 'replace',
        because: ['repair-against-value', 'spend-against-value', 'old-car'],
      },
    ],
    [
      'with work declined in spring and another repair today: two facts',
      {
        given: { history: { carPayCents12: 0, declinedCents12: 120_000 } },
        nudge: true,
        advice: 'replace',
        because: ['repair-against-value', 'declined-work'],
      },
    ],
    [
      'with the same struts declined in spring and quoted today: one fact',
      {
        given: {
          quote: {
            quote: {
              totalCents: 240_000,
              lines: [{ description: 'Front struts', amountCents: 240_000 }],
            },
          },
          history: {
            carPayCents12: 0,
            declinedCents12: 210_000,
            declined: [{ description: 'FRONT STRUTS', amountCents: 210_000, on: '2026-04-02' }],
          },
        },
        nudge: false,
        advice: 'either',
        because: ['repair-against-value', 'declined-work'],
      },
    ],
    [
      'whose car came back twice for the same work, both closed: a reason to talk',
      {
        given: { history: { carPayCents12: 0, comebacks12: 2 } },
        nudge: true,
        advice: 'replace',
        because: ['repair-against-value', 'comebacks'],
      },
    ],
  ])('%s', decides);
});

describe('what speaks for keeping the car', () => {
  it('is said beside the reasons: a small share, a long warranty, a long lease, uncertain equity', () => {
    const { reasonsAgainst } = answer({
      quote: {
        quote: { totalCents: 160_000, worthIt: true },
        value: { cents: 2_000_000, asOf: recently },
        warranty: { factoryEndsOn: '2028-11-20', asOf: recently },
        lease: { maturesOn: '2028-11-20', asOf: recently },
        equity: { lowCents: -50_000, highCents: 150_000, asOf: recently },
      },
    });
    expect(reasons(reasonsAgainst)).toEqual([
      'worth-it',
      'small-share',
      'warranty-runs',
      'lease-runs',
      'equity-uncertain',
    ]);
  });
});

describe('a decision', () => {
  it('says what is not known', () => {
    const names = answer({ quote: { vehicle: { vin: oldCar.vin }, value: undefined } }).unknown.map(
      ({ name }) => name,
    );
    expect(names).toEqual([
      'value',
      'equity',
      'warranty',
      'replacement payment',
      'ownership',
      'odometer',
      'miles a year',
      'open deals',
      'open complaint',
      'open comeback',
      'last contact',
    ]);
  });

  it('reads back from the table as it was written, and is small', () => {
    const everything = answer({
      quote: {
        quote: { totalCents: 999_999_999, worthIt: true },
        vehicle: oldCar,
        lease: { maturesOn: '2027-04-20', allowedMiles: 36_000, paymentsLeft: 5, asOf: recently },
        warranty: { factoryEndsOn: '2026-12-31', asOf: recently },
        equity: { lowCents: 800_000, highCents: 900_000, originalPriceCents: 3_000_000, asOf: recently },
        replacement: { monthlyPaymentCents: 40_000, asOf: recently },
        ownership: { ...leased, boughtOn: '2020-01-01' },
      },
      history: {
        carPayCents12: 450_000,
        milesPerYear: 20_000,
        comebacks12: 3,
        declinedCents12: 500_000,
      },
      circumstances: { optedOut: true, saidNo: true, boughtOn: today, openDealAtStores: ['south', 'east'] },
    });
    expect(everything.reasonsFor).toHaveLength(12);
    expect(assessment.parse(JSON.parse(JSON.stringify(everything)))).toEqual(everything);
    expect(JSON.stringify(everything).length).toBeLessThan(2_600);
  });

  it('answers in plain words', () => {
    expect(explain(answer())).toEqual({
      decision: 'A nudge: 2 independent reasons where 2 are needed.',
      advice:
        'Replacing it is worth a look: the repair is 53% of the trade-in value ($2,400 of $4,500); service on this car in 12 months is 28% of the trade-in value ($1,300 of $4,500).',
      reasonsFor: [
        {
          text: 'the repair is 53% of the trade-in value ($2,400 of $4,500)',
          source: 'AAA',
          strong: true,
          age: '2 days old',
        },
        {
          text: 'service on this car in 12 months is 28% of the trade-in value ($1,300 of $4,500)',
          source: "the group's policy",
          strong: false,
          age: '2 days old',
        },
      ],
      reasonsAgainst: [],
      suppressions: [],
      unknown: expect.arrayContaining(['equity: not known', 'warranty: not known']),
    });
  });

  it.each<[string, Given, string]>([
    [
      'on negative equity',
      { quote: { equity: { lowCents: -2, highCents: -1, asOf: recently } } },
      'Keep the car: more is owed on it than it is worth.',
    ],
    [
      'on a small repair',
      { quote: { quote: { totalCents: 90_000 }, value: { cents: 400_000, asOf: recently } } },
      'This repair is worth it: the repair is 22% of the trade-in value ($900 of $4,000).',
    ],
    [
      'on warranty work',
      { quote: { quote: { totalCents: 240_000, payType: 'warranty' } } },
      'Have it done: warranty, recall or the shop pays for it.',
    ],
    [
      'on a car that nobody appraised',
      { quote: { value: undefined } },
      'Nobody can say yet: the trade-in value is not known.',
    ],
  ])('is honest %s', (_title, given, sentence) => {
    expect(explain(answer(given)).advice).toBe(sentence);
  });
});
