import type { Cell, Definition } from './definition.ts';

/**
 * Adds up cells as they arrive: those with the same store, person, period and breakdown become one. Times are added
 * up only if they are equal.
 */
export class Sums {
  readonly #cells = new Map<string, Cell>();
  readonly #areMinutes: boolean;

  constructor(unit: Definition['unit'] | undefined) {
    this.#areMinutes = unit === 'minutes';
  }

  add(cell: Cell): void {
    const part = this.#areMinutes ? roundedMinutes(cell.part) : cell.part;
    const { storeId, person, period, breakdown } = cell;
    const key = JSON.stringify([storeId, person, period, breakdown, this.#areMinutes ? part : 0]);
    const before = this.#cells.get(key);
    this.#cells.set(key, {
      ...cell,
      part: before && !this.#areMinutes ? before.part + part : part,
      whole: (before?.whole ?? 0) + cell.whole,
    });
  }

  get cells(): readonly Cell[] {
    return [...this.#cells.values()];
  }
}

const HOUR = 60;

/**
 * Exact up to two hours, then to a quarter of an hour: otherwise two hundred stores would have more different times
 * than anybody reads.
 */
const roundedMinutes = (minutes: number): number => {
  const step = minutes <= 2 * HOUR ? 1 : HOUR / 4;
  return Math.round(minutes / step) * step;
};
