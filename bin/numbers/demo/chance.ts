import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Random numbers that are the same for the same seed, on every machine. */
export class Chance {
  readonly #generator: ReturnType<typeof xoroshiro128plus>;

  constructor(seed: number) {
    this.#generator = xoroshiro128plus(seed);
  }

  /** True in the given share of all cases. */
  happens(share: number): boolean {
    return uniformFloat64(this.#generator) < share;
  }

  between(least: number, most: number): number {
    return uniformInt(this.#generator, least, most);
  }

  share(least: number, most: number): number {
    return least + uniformFloat64(this.#generator) * (most - least);
  }

  of<const T>(all: readonly [T, ...T[]]): T {
    return all[this.between(0, all.length - 1)] ?? all[0];
  }
}
