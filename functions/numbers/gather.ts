import type { Counted } from './cells.ts';
import type { Cell, Definition } from './definition.ts';
import { evidence } from './definitions/thresholds.ts';
import { definitions, headlines } from './definitions.ts';
import { monthsBack, weeksBack } from './periods.ts';
import { type NumbersQuery, REACH } from './queries.ts';
import type { StoreNumbers } from './store-numbers.ts';
import { Sums } from './sums.ts';

/** The result of one query: its cells, ordered by store id. */
export interface Answer extends Pick<NumbersQuery, 'number' | 'length'> {
  readonly cells: AsyncIterable<Cell>;
}

export interface Gathering {
  readonly countedAt: string;
  readonly today: string;
  /** The stores of the group. Facts of any other store come from one that left. */
  readonly storeIds: readonly string[];
}

/** Two years, so that each month can be compared with the same month a year ago, and a quarter of weeks. */
const MONTHS_OF_GROUP = 25;
const WEEKS_OF_GROUP = 13;

/** Stands for all stores together in the group's numbers. */
const ALL_STORES = '';

/**
 * Builds each store's numbers from the results, and at last the group's. All results are read in parallel, so that
 * only one store's cells and the group's sums are in memory. The group's numbers are split by store only where stores
 * are compared: whoever opens its page loads two hundred stores at once.
 */
export async function* gather(
  answers: readonly Answer[],
  { countedAt, today, storeIds }: Gathering,
): AsyncGenerator<StoreNumbers> {
  const readers = answers.map((answer) => new StoreByStore(answer));
  const group = new Map(readers.map((reader) => [reader, new Sums(unitOf(reader.number))]));
  const numbersOf = (storeId: string | undefined, parts: ReadonlyMap<StoreByStore, readonly Cell[]>) => {
    const since = [...parts]
      .filter(([{ number }]) => number === REACH)
      .flatMap(([, cells]) => cells.map(({ period }) => period))
      .toSorted()[0];
    const counted = (length: NumbersQuery['length']): Counted => ({
      today,
      since,
      cells: new Map(
        [...parts]
          .filter(([reader]) => reader.number !== REACH && reader.length === length)
          .map(([{ number }, cells]) => [number, cells]),
      ),
    });
    return { storeId, countedAt, months: counted('month'), weeks: counted('week') };
  };
  const first = {
    month: monthsBack(today, MONTHS_OF_GROUP - 1),
    week: weeksBack(today, WEEKS_OF_GROUP - 1),
  };
  for (const storeId of storeIds.toSorted(byBytes)) {
    const parts = new Map<StoreByStore, readonly Cell[]>();
    for (const reader of readers) {
      const { number, length } = reader;
      const cells = isEvidence(number)
        ? ofAllMonths(await reader.cellsOf(storeId), today)
        : await reader.cellsOf(storeId);
      parts.set(reader, cells);
      const sums = group.get(reader);
      const own = isToldApart(number) ? storeId : ALL_STORES;
      for (const cell of cells)
        if (number === REACH || cell.period >= first[length])
          sums?.add({ ...cell, storeId: own, person: undefined });
    }
    yield numbersOf(storeId, parts);
  }
  yield numbersOf(undefined, new Map([...group].map(([reader, sums]) => [reader, sums.cells])));
}

const isEvidence = (number: string): boolean => evidence.some(({ name }) => name === number);

const isToldApart = (number: string): boolean =>
  headlines.some((name) => name === number) || isEvidence(number);

/**
 * For a proposal, evidence from all months counts, for a store and for the group, so it is put into the month of
 * counting.
 */
function ofAllMonths(cells: readonly Cell[], today: string): readonly Cell[] {
  const sums = new Sums(undefined);
  for (const cell of cells) sums.add({ ...cell, period: monthsBack(today, 0) });
  return sums.cells;
}

/** The order in which both engines sort text. */
const byBytes = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));

const unitOf = (number: string): Definition['unit'] | undefined =>
  definitions.find(({ name }) => name === number)?.unit;

/** Returns the cells of a result store by store. */
class StoreByStore {
  readonly number: string;
  readonly length: NumbersQuery['length'];
  readonly #cells: AsyncIterator<Cell>;
  #next: Cell | undefined;
  #isStarted = false;

  constructor({ number, length, cells }: Answer) {
    this.number = number;
    this.length = length;
    this.#cells = cells[Symbol.asyncIterator]();
  }

  /** Must be called in the order of store ids: cells of a store that is passed over are gone. */
  async cellsOf(storeId: string): Promise<readonly Cell[]> {
    const found: Cell[] = [];
    if (!this.#isStarted) await this.#advance();
    while (this.#next && byBytes(this.#next.storeId, storeId) <= 0) {
      if (this.#next.storeId === storeId) found.push(this.#next);
      await this.#advance();
    }
    return found;
  }

  async #advance(): Promise<void> {
    this.#isStarted = true;
    const { value, done } = await this.#cells.next();
    this.#next = done ? undefined : value;
  }
}
