import type { Finding } from './read-detail.ts';

interface Line {
  readonly amountCents: number;
  readonly payType?: string | undefined;
}

interface Car {
  readonly value?: { readonly cents: number } | undefined;
  readonly equity?: { readonly lowCents: number; readonly highCents: number } | undefined;
}

interface Quote extends Car {
  readonly quote: {
    readonly totalCents: number;
    readonly payType: string;
    readonly lines: readonly Line[];
  };
}

/** Any car that can be driven in is worth more, so a smaller value was sent in dollars. */
const LEAST_VALUE_CENTS = 20_000;
const CENTS = 100;

/**
 * What is odd about a quote by itself: lines that do not add up to the total, dollars sent as cents, equity upside
 * down.
 */
export const examineQuote = (fact: Quote): Finding[] => [...examineTotal(fact.quote), ...examineCar(fact)];

/** What is odd about the car's value and equity. */
export function examineCar({ value, equity }: Car): Finding[] {
  return [
    ...(value !== undefined && value.cents < LEAST_VALUE_CENTS
      ? [{ path: ['value', 'cents'], code: 'dollars-for-cents', is: 'odd' } as const]
      : []),
    ...(equity !== undefined && equity.lowCents > equity.highCents
      ? [{ path: ['equity'], code: 'upside-down', is: 'wrong' } as const]
      : []),
  ];
}

/** The total may or may not include the lines that somebody else pays for. */
function examineTotal({ totalCents, payType, lines }: Quote['quote']): Finding[] {
  const sum = (of: readonly Line[]) => of.reduce((total, { amountCents }) => total + amountCents, 0);
  const sums = [sum(lines), sum(lines.filter((line) => (line.payType ?? payType) === payType))];
  if (lines.length === 0 || sums.includes(totalCents)) return [];
  const isDollars = sums.includes(totalCents * CENTS) || sums.some((total) => total * CENTS === totalCents);
  return [
    { path: ['quote', 'totalCents'], code: isDollars ? 'dollars-for-cents' : 'sum-differs', is: 'odd' },
  ];
}

/** If the sender calls a quote high and its total is not, the total was most likely sent in dollars. */
export function examineHigh({ quote }: Pick<Quote, 'quote'>, minimumCents: number | undefined): Finding[] {
  const isHigh = minimumCents === undefined || quote.totalCents >= minimumCents;
  return isHigh ? [] : [{ path: ['quote', 'totalCents'], code: 'not-high', is: 'odd' }];
}
