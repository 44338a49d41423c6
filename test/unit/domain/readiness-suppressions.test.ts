import { describe, expect, it } from 'vitest';
import { explain, type SuppressionName } from '../../../functions/readiness/assess.ts';
import { answer, type Given, recently, today } from './readiness-questions.ts';

const suppressed = (given: Given): SuppressionName[] => answer(given).suppressions.map(({ name }) => name);

function isSilent(_title: string, name: SuppressionName, given: Given): void {
  expect(suppressed(given)).toEqual([name]);
  expect(answer(given).nudge).toBe(false);
  expect(explain(answer(given)).decision).toMatch(/^No nudge: .{10,}\.$/);
}

describe('when not to nudge after a sale or a contact', () => {
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
    ['answered already', 'already-answered', { circumstances: { alreadyAnswered: true } }],
  ])('%s', isSilent);
});

describe('when not to nudge by whose car it is, and what it is worth', () => {
  it.each<[string, SuppressionName, Given]>([
    [
      'negative equity',
      'negative-equity',
      { quote: { equity: { lowCents: -2, highCents: -1, asOf: recently } } },
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
  ])('%s', isSilent);
});

describe('when not to nudge by who pays for the repair, and how much', () => {
  it.each<[string, SuppressionName, Given]>([
    [
      'warranty work only',
      'not-customer-pay',
      { quote: { quote: { totalCents: 240_000, payType: 'warranty' } } },
    ],
    [
      'a repair that the customer has approved, but for what they declined',
      'repair-approved',
      {
        quote: {
          quote: {
            totalCents: 240_000,
            lines: [
              { description: 'Struts', amountCents: 200_000, state: 'approved' },
              { description: 'Filter', amountCents: 40_000, state: 'declined' },
            ],
          },
        },
      },
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
  ])('%s', isSilent);
});

describe('when not to nudge for the sake of the customer', () => {
  it.each<[string, SuppressionName, Given]>([
    ['a complaint is open', 'open-complaint', { quote: { circumstances: { openComplaint: true } } }],
    ['a comeback is open', 'open-comeback', { quote: { circumstances: { openComeback: true } } }],
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
    ['nobody active to receive it', 'nobody-to-receive', { circumstances: { nobodyToReceive: true } }],
  ])('%s', isSilent);
});

describe('when not to nudge', () => {
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
