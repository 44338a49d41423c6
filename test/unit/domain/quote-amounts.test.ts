import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { amountsOf, isPaidByOthers } from '../../../functions/readiness/quote-amounts.ts';

type Quote = NonNullable<Parameters<typeof amountsOf>[0]>;
type Line = Quote['lines'][number];

const line = (amountCents: number, more: Partial<Line> = {}): Line => ({
  description: 'Work',
  amountCents,
  ...more,
});
const quoteOf = (
  totalCents: number,
  lines: readonly Line[] = [],
  payType: Quote['payType'] = 'customer',
) => ({
  totalCents,
  payType,
  lines: [...lines],
});

describe('what of a quote is left to decide', () => {
  it.each<[string, Quote, number]>([
    ['all of it, where there are no lines', quoteOf(418_000), 418_000],
    [
      'not what was declined',
      quoteOf(418_000, [line(289_000), line(129_000, { state: 'declined' })]),
      289_000,
    ],
    [
      'not what was declined in the former word',
      quoteOf(418_000, [line(289_000, { answer: 'open' }), line(129_000, { answer: 'declined' })]),
      289_000,
    ],
    [
      'the newer word, where both stand',
      quoteOf(1_000, [line(1_000, { answer: 'declined', state: 'quoted' })]),
      1_000,
    ],
    ['also what was approved', quoteOf(1_000, [line(1_000, { state: 'approved' })]), 1_000],
    [
      'not what warranty pays, where the total has it',
      quoteOf(1_400, [line(1_000), line(400, { payType: 'warranty' })]),
      1_000,
    ],
    [
      'all of a total that is without what warranty pays',
      quoteOf(1_000, [line(1_000), line(400, { payType: 'warranty' })]),
      1_000,
    ],
    ['not what is done under a recall', quoteOf(1_400, [line(1_000), line(400, { recall: true })]), 1_000],
    [
      'not a declined line of others: it is taken off once',
      quoteOf(1_400, [line(1_000), line(400, { payType: 'internal', state: 'declined' })]),
      1_000,
    ],
    ['a discount less', quoteOf(900, [line(1_000), line(-100)]), 900],
    ['nothing of warranty work', quoteOf(900_000, [], 'warranty'), 0],
    [
      'what the customer pays of a warranty order',
      quoteOf(1_400, [line(1_000), line(400, { payType: 'customer' })], 'warranty'),
      400,
    ],
    ['never less than nothing', quoteOf(1_000, [line(5_000, { state: 'declined' })]), 0],
  ])('%s', (_what, quote, leftCents) => expect(amountsOf(quote).leftCents).toBe(leftCents));
});

const anyLine = fc.record(
  {
    description: fc.constant('Work'),
    amountCents: fc.integer({ min: -10_000, max: 1_000_000 }),
    state: fc.constantFrom('quoted' as const, 'approved' as const, 'declined' as const),
    payType: fc.constantFrom('customer' as const, 'warranty' as const, 'internal' as const),
    recall: fc.boolean(),
  },
  { requiredKeys: ['description', 'amountCents'] },
);
const anyQuote = fc.record({
  totalCents: fc.integer({ min: 0, max: 3_000_000 }),
  payType: fc.constantFrom('customer' as const, 'warranty' as const, 'internal' as const),
  lines: fc.array(anyLine, { maxLength: 8 }),
});

test('whatever the lines say, the amounts add up and none is below nothing', () => {
  fc.assert(
    fc.property(anyQuote, (quote) => {
      const { quotedCents, declinedCents, leftCents, approvedCents } = amountsOf(quote);
      expect(quotedCents).toBe(declinedCents + leftCents);
      expect(Math.min(declinedCents, approvedCents, leftCents - approvedCents)).toBeGreaterThanOrEqual(0);
      if (isPaidByOthers(quote)) expect(quotedCents).toBe(0);
    }),
  );
});

test('a line that is declined never leaves more to decide', () => {
  fc.assert(
    fc.property(anyQuote, anyLine, (quote, one) => {
      const lines = [
        ...quote.lines,
        { ...one, amountCents: Math.abs(one.amountCents), state: 'quoted' as const },
      ];
      const declined = lines.with(-1, {
        ...lines.at(-1),
        ...one,
        amountCents: Math.abs(one.amountCents),
        state: 'declined',
      });
      const left = amountsOf({ ...quote, lines }).leftCents;
      expect(amountsOf({ ...quote, lines: declined }).leftCents).toBeLessThanOrEqual(left);
    }),
  );
});
