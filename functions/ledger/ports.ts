import type { LedgerFact } from './facts.ts';
import type { Month, WrittenFile } from './months.ts';

/** What the nightly job needs from outside. */
export interface OutcomeMonths {
  all(): Promise<readonly Month[]>;
  /** Those that the table has of one store. */
  factsOf(storeId: string, month: string): Promise<readonly LedgerFact[]>;
  written(month: string, file: WrittenFile): Promise<void>;
}

export interface MonthFiles {
  /** The facts of a month as its file has them; none without a file. */
  read(month: string, parts: number): AsyncIterable<LedgerFact>;
  /** Writes a month whole, and answers how many parts it took. */
  write(month: string, facts: AsyncIterable<LedgerFact>): Promise<{ parts: number; facts: number }>;
}
