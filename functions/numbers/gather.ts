import type { Counted } from './cells.ts';
import type { Cell, Definition } from './definition.ts';
import { definitions } from './definitions.ts';
import { monthsBack, weeksBack } from './periods.ts';
import { type NumbersQuery, REACH } from './queries.ts';
import type { StoreNumbers } from './store-numbers.ts';

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

/**
 * Two years, so that each month has its like a year ago, and a quarter of weeks. Two hundred stores would fill the memory of a
 * page with more.
 */
const MONTHS_OF_GROUP = 25;
const WEEKS_OF_GROUP = 13;

/**
 * Makes each store's numbers of the answers, and at last the group's. All answers are read side by side, so that no more
 * than one store's cells, and the group's sums, are in the memory.
 */
export async function* gather(
  answers: readonly Answer[],
  { countedAt, today, storeIds }: Gathering,
): AsyncGenerator<StoreNumbers> {
  const readers = answers.map((answer) => new StoreByStore(answer));
  const group = new Map<StoreByStore, Cell[]>(readers.map((reader) => [reader, []]));
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
      const cells = await reader.cellsOf(storeId);
      parts.set(reader, cells);
      const kept =
        reader.number === REACH ? cells : cells.filter(({ period }) => period >= first[reader.length]);
      group.get(reader)?.push(...withoutPeople(kept, unitOf(reader.number)));
    }
    yield numbersOf(storeId, parts);
  }
  yield numbersOf(undefined, group);
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

/** A store's cells added up over its people. Times add up only where they are the same. */
function withoutPeople(cells: readonly Cell[], unit: Definition['unit'] | undefined): Cell[] {
  const minutesOf = ({ part }: Cell) => (unit === 'minutes' ? roundedMinutes(part) : 0);
  const alike = Map.groupBy(cells, (cell) => JSON.stringify([cell.period, cell.breakdown, minutesOf(cell)]));
  return [...alike.values()].flatMap((together): Cell[] => {
    const [one] = together;
    if (!one) return [];
    const part = unit === 'minutes' ? minutesOf(one) : sum(together, (cell) => cell.part);
    return [{ ...one, person: undefined, part, whole: sum(together, ({ whole }) => whole) }];
  });
}

const sum = (cells: readonly Cell[], of: (cell: Cell) => number): number =>
  cells.reduce((total, cell) => total + of(cell), 0);

const HOUR = 60;

/** Exact up to two hours, then by the quarter hour: two hundred stores have more different times than anybody reads. */
const roundedMinutes = (minutes: number): number => {
  const step = minutes <= 2 * HOUR ? 1 : HOUR / 4;
  return Math.round(minutes / step) * step;
};
