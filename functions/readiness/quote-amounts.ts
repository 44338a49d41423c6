import type { RepairQuoted } from '../contracts/repair-quoted.ts';

type Quote = RepairQuoted['quote'];
export type QuoteLine = Quote['lines'][number];

/** The amounts of a visit without a quote. */
const nothing: QuoteAmounts = { quotedCents: 0, declinedCents: 0, leftCents: 0, approvedCents: 0 };

/** The amounts of a quote that the customer pays. Assessment, sheet and nudge count `leftCents`, and no other amount. */
export interface QuoteAmounts {
  readonly quotedCents: number;
  readonly declinedCents: number;
  /** Quoted less declined: what the customer has approved, or still has to decide on. */
  readonly leftCents: number;
  /** The part of `leftCents` that is already approved. */
  readonly approvedCents: number;
}

export function amountsOf(quote: Quote | undefined): QuoteAmounts {
  if (!quote) return nothing;
  const quotedCents = quotedFor(quote);
  const theirs = quote.lines.filter((line) => payerOf(quote, line) === 'customer');
  const sumOf = (state: LineState) => sum(theirs.filter((line) => stateOf(line) === state));
  const declinedCents = within(quotedCents, sumOf('declined'));
  const leftCents = quotedCents - declinedCents;
  return { quotedCents, declinedCents, leftCents, approvedCents: within(leftCents, sumOf('approved')) };
}

export type LineState = NonNullable<QuoteLine['state']>;

/** `state` replaced `answer`, which is still accepted. */
export function stateOf({ state, answer }: Pick<QuoteLine, 'state' | 'answer'>): LineState {
  if (state !== undefined) return state;
  return answer === undefined || answer === 'open' ? 'quoted' : answer;
}

export const isDeclined = (line: QuoteLine): boolean => stateOf(line) === 'declined';

/** Whether the customer pays for nothing: warranty, recall or internal work only. */
export function isPaidByOthers(quote: Quote): boolean {
  if (quote.lines.length === 0) return quote.payType !== 'customer';
  return quote.lines.every((line) => payerOf(quote, line) !== 'customer');
}

const payerOf = ({ payType }: Quote, line: QuoteLine) =>
  line.recall ? 'warranty' : (line.payType ?? payType);

/** If the total adds up only with the lines that others pay for, it includes them. */
function quotedFor(quote: Quote): number {
  if (isPaidByOthers(quote)) return 0;
  const others = sum(quote.lines.filter((line) => payerOf(quote, line) !== 'customer'));
  return sum(quote.lines) === quote.totalCents ? quote.totalCents - others : quote.totalCents;
}

const sum = (lines: readonly QuoteLine[]) => lines.reduce((all, { amountCents }) => all + amountCents, 0);

/** A discount can make lines add up to less than zero, or to more than their total. */
const within = (mostCents: number, cents: number) => Math.min(Math.max(cents, 0), mostCents);
