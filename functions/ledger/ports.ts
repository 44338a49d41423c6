import type { LedgerFact } from './facts.ts';
import type { Month, WrittenFile } from './months.ts';

/** What the nightly job needs from outside. */
export interface OutcomeMonths {
  all(): Promise<readonly Month[]>;
  /** The facts of one store that are in the table. */
  factsOf(storeId: string, month: string): Promise<readonly LedgerFact[]>;
  written(month: string, file: WrittenFile): Promise<void>;
}

export interface MonthFiles {
  /** The facts in a month's file; none if there is no file. */
  read(month: string, parts: number): AsyncIterable<LedgerFact>;
  /** Writes a whole month. Returns the number of parts and facts. */
  write(month: string, facts: AsyncIterable<LedgerFact>): Promise<{ parts: number; facts: number }>;
}
