import type { Contract } from './contract.ts';
import { examineHigh, examineQuote } from './quote-doubts.ts';
import type { Reading } from './read-detail.ts';
import { type RepairQuoted, repairQuoted } from './repair-quoted.ts';

/**
 * A quote that its sender calls high: the advisor gets the repair options sheet even if it is below the policy's
 * minimum.
 */
export const repairQuoteHigh = {
  ...repairQuoted,
  detailType: 'repair-quote-high',
  sameFactAs: repairQuoted.detailType,
  title: 'A high repair was quoted, or the quote of an order changed',
  examine: (fact: RepairQuoted, reading?: Partial<Reading>) => [
    ...examineQuote(fact),
    ...examineHigh(fact, reading?.repairMinimumCents?.(fact.storeId)),
  ],
} as const satisfies Contract;
