import { cellsOf } from '../cells.ts';
import type { Cell } from '../definition.ts';
import type { Count } from '../interval.ts';
import type { StoreNumbers } from '../store-numbers.ts';
import type { Period } from './weeks-and-months.ts';

/** The cells of a number in a week or month; empty if the number was not counted. */
export type CellsIn = (name: string, period: Period) => readonly Cell[];

export const cellsInNumbers =
  ({ months, weeks }: Pick<StoreNumbers, 'months' | 'weeks'>): CellsIn =>
  (name, { length, of }) =>
    cellsOf(length === 'month' ? months : weeks, name).filter(({ period }) => period === of);

export const countOf = (cells: readonly Pick<Cell, 'part' | 'whole'>[]): Count => ({
  part: cells.reduce((sum, { part }) => sum + part, 0),
  whole: cells.reduce((sum, { whole }) => sum + whole, 0),
});

export const countIn = (cellsIn: CellsIn, name: string, periods: readonly Period[]): Count =>
  countOf(periods.flatMap((period) => cellsIn(name, period)));
