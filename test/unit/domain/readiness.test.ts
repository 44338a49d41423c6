import { describe, expect, it } from 'vitest';
import {
  type Assessment,
  assess,
  assessment,
  explain,
  type Reason,
  type SuppressionName,
} from '../../../functions/domain/readiness.ts';
import { type Given, questionOf, recently, today } from './readiness-questions.ts';

const answer = (given?: Given): Assessment => assess(questionOf(given));
const reasons = (found: readonly Reason[]) => found.map(({ name }) => name);
const suppressed = (given: Given): SuppressionName[] => answer(given).suppressions.map(({ name }) => name);

const oldCar = { vin: '1HGCM82633A004352', year: 2014, odometerMiles: 163_000 };
const leased = { status: 'leased' as const, boughtOn: '2024-04-20', asOf: recently };

interface Case {
  readonly given: Given;
  readonly nudge: boolean;
  readonly advice: Assessment['advice'];
  readonly because: Reason['name'][];
  readonly suppressedBy?: SuppressionName[];
}

describe('a service customer in the lane', () => {
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
      'with a big repair that the shop calls worth doing: tell Sales, never say replace',
      {
        given: { quote: { quote: { totalCents: 240_000, worthIt: true } } },
        nudge: true,
        advice: 'either',
        because: ['repair-against-value', 'spend-against-value'],
      },
    ],
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
  ])('%s', (_title, { given, nudge, advice, because, suppressedBy }) => {
    const found = answer(given);
    expect(reasons(found.reasonsFor)).toEqual(because);
    expect(found.suppressions.map(({ name }) => name)).toEqual(suppressedBy ?? []);
    expect(found.advice).toBe(advice);
    expect(found.nudge).toBe(nudge);
  });
});

describe('when not to nudge', () => {
  it.each<[string, SuppressionName, Given]>([
    [
      'bought within 12 months, to the day',
      'bought-recently',
      { quote: { ownership: { boughtOn: '2025-11-20', asOf: recently } } },
    ],
    [
      'bought at another store of the group',
      'bought-recently',
      { circumstances: { boughtOn: '2026-10-01' } },
    ],
    [
      'contacted within 14 days, to the day',
      'contacted-recently',
      { quote: { circumstances: { lastContactedOn: '2026-11-06' } } },
    ],
    [
      'nudged within 14 days at any store',
      'nudged-recently',
      { circumstances: { lastNudgedOn: '2026-11-19' } },
    ],
    [
      "a sister store's open deal",
      'open-deal',
      { quote: { circumstances: { openDealAtStores: ['south'] } } },
    ],
    ['an open deal that we know of', 'open-deal', { circumstances: { openDealAtStores: ['east'] } }],
    [
      'negative equity',
      'negative-equity',
      { quote: { equity: { lowCents: -2, highCents: -1, asOf: recently } } },
    ],
    ['a complaint is open', 'open-complaint', { quote: { circumstances: { openComplaint: true } } }],
    ['a comeback is open', 'open-comeback', { quote: { circumstances: { openComeback: true } } }],
    [
      'warranty work only',
      'not-customer-pay',
      { quote: { quote: { totalCents: 240_000, payType: 'warranty' } } },
    ],
    [
      'internal work only',
      'not-customer-pay',
      { quote: { quote: { totalCents: 240_000, payType: 'internal' } } },
    ],
    [
      'recall work only',
      'not-customer-pay',
      {
        quote: {
          quote: {
            totalCents: 240_000,
            lines: [{ description: 'Airbag inflator', amountCents: 240_000, recall: true }],
          },
        },
      },
    ],
    ['a loaner', 'not-a-customers-car', { quote: { ownership: { status: 'loaner', asOf: recently } } }],
    ['a fleet car', 'not-a-customers-car', { quote: { ownership: { status: 'fleet', asOf: recently } } }],
    [
      'ownership not certain',
      'ownership-uncertain',
      { quote: { ownership: { certain: false, asOf: recently } } },
    ],
    ['sold', 'sold-or-total-loss', { quote: { ownership: { status: 'sold', asOf: recently } } }],
    [
      'a total loss',
      'sold-or-total-loss',
      { quote: { ownership: { status: 'total loss', asOf: recently } } },
    ],
    ['the customer opted out', 'opted-out', { circumstances: { optedOut: true } }],
    ['the customer said no', 'customer-said-no', { quote: { circumstances: { saidNo: true } } }],
    ['the customer said never', 'customer-said-no', { circumstances: { saidNo: true } }],
    [
      'the customer told Sales no eleven months ago',
      'customer-said-no',
      { circumstances: { saidNoOn: '2025-12-20' } },
    ],
    ['the advisor said never', 'advisor-said-no', { circumstances: { advisorSaidNo: true } }],
    ['the advisor said not now', 'advisor-said-no', { circumstances: { advisorSaidNotNow: true } }],
    ['the advisor said no', 'advisor-said-no', { quote: { circumstances: { advisorSaidNo: true } } }],
    ['asked for instalments', 'hardship', { quote: { circumstances: { askedForInstalments: true } } }],
    ['short of money half a year ago', 'hardship', { history: { hardshipOn: '2026-05-20' } }],
    ['a cheap repair', 'cheap-repair', { quote: { quote: { totalCents: 134_999 } } }],
    [
      'a cheap repair that the shop calls worth it, whatever its share',
      'cheap-repair',
      { quote: { quote: { totalCents: 149_999, worthIt: true } } },
    ],
    [
      'a cheap repair on a car that nobody appraised',
      'cheap-repair',
      { quote: { value: undefined, quote: { totalCents: 149_999 } } },
    ],
    ['nobody active to receive it', 'nobody-to-receive', { circumstances: { nobodyToReceive: true } }],
    ['answered already', 'already-answered', { circumstances: { alreadyAnswered: true } }],
  ])('%s', (_title, name, given) => {
    expect(suppressed(given)).toEqual([name]);
    expect(answer(given).nudge).toBe(false);
    expect(explain(answer(given)).decision).toMatch(/^No nudge: .{10,}\.$/);
  });

  it.each<[string, Given]>([
    ['a purchase of a year and a day ago', { circumstances: { boughtOn: '2025-11-19' } }],
    ['a no of a year and a day ago', { circumstances: { saidNoOn: '2025-11-19' } }],
    ['a contact of 15 days ago', { circumstances: { lastContactedOn: '2026-11-05' } }],
    ['a nudge of 15 days ago', { circumstances: { lastNudgedOn: '2026-11-05' } }],
    ['no open deal anywhere', { quote: { circumstances: { openDealAtStores: [] } } }],
    ['hard times of over a year ago', { history: { hardshipOn: '2025-11-19' } }],
    [
      'a recall line among others that the customer pays',
      {
        quote: {
          quote: {
            totalCents: 240_000,
            lines: [
              { description: 'Airbag inflator', amountCents: 0, recall: true },
              { description: 'Struts', amountCents: 240_000 },
            ],
          },
        },
      },
    ],
    ['a small repair that is a large share of a known value', { quote: { quote: { totalCents: 135_000 } } }],
  ])('nothing stands against it after %s', (_title, given) => {
    expect(suppressed(given)).toEqual([]);
  });

  it('heeds an old no, though an old fact is no reason', () => {
    const equity = { lowCents: -400_000, highCents: -250_000, asOf: '2026-01-01' };
    expect(suppressed({ quote: { equity } })).toEqual(['negative-equity']);
    expect(suppressed({ quote: { ownership: { status: 'sold', asOf: '2025-01-01' } } })).toEqual([
      'sold-or-total-loss',
    ]);
  });

  it('tells every reason for silence at once', () => {
    expect(suppressed({ circumstances: { optedOut: true, boughtOn: today, nobodyToReceive: true } })).toEqual(
      ['bought-recently', 'opted-out', 'nobody-to-receive'],
    );
  });
});

describe('a signal', () => {
  const only = (name: Reason['name'], given: Given): boolean =>
    reasons(answer(given).reasonsFor).includes(name);
  const lease = (maturesOn: string, more = {}): Given => ({
    quote: { lease: { maturesOn, asOf: recently, ...more } },
    history: { milesPerYear: 14_600 },
  });
  const warranty = (given: object, milesPerYear?: number): Given => ({
    quote: { warranty: { asOf: recently, ...given } },
    history: milesPerYear === undefined ? {} : { milesPerYear },
  });
  const equity = (lowCents: number): Given => ({
    quote: { equity: { lowCents, highCents: 900_000, originalPriceCents: 3_000_000, asOf: recently } },
  });
  const owned = (boughtOn: string, status: 'owned' | 'leased' = 'owned'): Given => ({
    quote: { ownership: { boughtOn, status, asOf: recently } },
  });

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
    ['one comeback is an accident', 'comebacks', { history: { comebacks12: 1 } }, false],
    ['$1,000 of declined work counts', 'declined-work', { history: { declinedCents12: 100_000 } }, true],
    ['$999.99 does not', 'declined-work', { history: { declinedCents12: 99_999 } }, false],
  ])('%s', (_title, name, given, counts) => {
    expect(only(name, given)).toBe(counts);
  });

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
        'Replacing it is worth a look: the repair is 53% of what the car would bring ($2,400 of $4,500); what the customer paid for this car in 12 months is 28% of what it would bring ($1,300 of $4,500).',
      reasonsFor: [
        {
          text: 'the repair is 53% of what the car would bring ($2,400 of $4,500)',
          source: 'AAA',
          strong: true,
          age: '2 days old',
        },
        {
          text: 'what the customer paid for this car in 12 months is 28% of what it would bring ($1,300 of $4,500)',
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
      'Keep the car: more is owed on it than it would bring.',
    ],
    [
      'on a small repair',
      { quote: { quote: { totalCents: 90_000 }, value: { cents: 400_000, asOf: recently } } },
      'This repair is worth it: the repair is 22% of what the car would bring ($900 of $4,000).',
    ],
    [
      'on warranty work',
      { quote: { quote: { totalCents: 240_000, payType: 'warranty' } } },
      'Have it done: warranty, recall or the shop pays for it.',
    ],
    [
      'on a car that nobody appraised',
      { quote: { value: undefined } },
      'Nobody can say yet: what the car would bring is not known.',
    ],
  ])('is honest %s', (_title, given, sentence) => {
    expect(explain(answer(given)).advice).toBe(sentence);
  });
});
