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

/** A car that is driven in is worth more: less is a number of dollars. */
const LEAST_VALUE_CENTS = 20_000;
const CENTS = 100;

/** What one quote shows to be odd: lines beside their total, dollars for cents, equity upside down. */
export const examineQuote = (fact: Quote): Finding[] => [...examineTotal(fact.quote), ...examineCar(fact)];

/** The same of what is known of a car. */
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

/** With or without the lines that others pay for. */
function examineTotal({ totalCents, payType, lines }: Quote['quote']): Finding[] {
  const sum = (of: readonly Line[]) => of.reduce((total, { amountCents }) => total + amountCents, 0);
  const sums = [sum(lines), sum(lines.filter((line) => (line.payType ?? payType) === payType))];
  if (lines.length === 0 || sums.includes(totalCents)) return [];
  const isDollars = sums.includes(totalCents * CENTS) || sums.some((total) => total * CENTS === totalCents);
  return [
    { path: ['quote', 'totalCents'], code: isDollars ? 'dollars-for-cents' : 'sum-differs', is: 'odd' },
  ];
}

/** A total that somebody calls high and that is not was most likely sent in dollars. */
export function examineHigh({ quote }: Pick<Quote, 'quote'>, minimumCents: number | undefined): Finding[] {
  const isHigh = minimumCents === undefined || quote.totalCents >= minimumCents;
  return isHigh ? [] : [{ path: ['quote', 'totalCents'], code: 'not-high', is: 'odd' }];
}
