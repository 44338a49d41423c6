import type { Counted } from './cells.ts';
import type { Cell, Definition } from './definition.ts';
import { evidence } from './definitions/thresholds.ts';
import { definitions, headlines } from './definitions.ts';
import { monthsBack, weeksBack } from './periods.ts';
import { type NumbersQuery, REACH } from './queries.ts';
import type { StoreNumbers } from './store-numbers.ts';
import { Sums } from './sums.ts';

/** What an engine answered: the cells of one query, the stores one after the other in the order of their ids. */
export interface Answer extends Pick<NumbersQuery, 'number' | 'length'> {
  readonly cells: AsyncIterable<Cell>;
}

export interface Gathering {
  readonly countedAt: string;
  readonly today: string;
  /** The stores of the group: facts of another one are of a store that left. */
  readonly storeIds: readonly string[];
}

/** Two years, so that each month has its like a year ago, and a quarter of weeks. */
const MONTHS_OF_GROUP = 25;
const WEEKS_OF_GROUP = 13;

/** Stands for all stores together in the numbers of the group. */
const ALL_STORES = '';

/**
 * Makes each store's numbers of the answers, and at last the group's. All answers are read side by side, so that no more
 * than one store's cells, and the group's sums, are in the memory. The group's tell stores apart only in what is compared
 * between them: whoever opens its page reads two hundred stores at once.
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

/** Of a setting all that is known counts, at a store as in the group: under the month in which it was counted. */
function ofAllMonths(cells: readonly Cell[], today: string): readonly Cell[] {
  const sums = new Sums(undefined);
  for (const cell of cells) sums.add({ ...cell, period: monthsBack(today, 0) });
  return sums.cells;
}

/** As both engines order text. */
const byBytes = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));

const unitOf = (number: string): Definition['unit'] | undefined =>
  definitions.find(({ name }) => name === number)?.unit;

/** Hands out the cells of an answer store by store. */
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

  /** Stores are to be asked for in the order of their ids; one that is passed over is gone. */
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
