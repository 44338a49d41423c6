import type { Contract } from './contract.ts';
import { repairQuoted } from './repair-quoted.ts';

/** A quote that its sender calls high: the advisor gets the sheet whatever the policy's minimum. */
export const repairQuoteHigh = {
  ...repairQuoted,
  detailType: 'repair-quote-high',
  title: 'A high repair was quoted, or the quote of an order changed',
} as const satisfies Contract;
