import './simulation/quiet.ts';
import './simulation/speed.ts';
import './simulation/speed-of-reading.ts';
import { describe, expect, it } from 'vitest';
import { breakages } from './simulation/breakages.ts';
import { play } from './simulation/play.ts';

const seedsFrom = (first: number, count: number) => Array.from({ length: count }, (_one, at) => first + at);

/** Each breakage is found within so many runs: most in the first few, the rarest in one of forty. */
const WITHIN = 120;

describe('every guard is missed when it is taken away', () => {
  it.each(breakages)('$name', async ({ says, firstSeed = 1, weather, breakage }) => {
    let found: string | undefined;
    for (const seed of seedsFrom(firstSeed, WITHIN)) {
      const { violations } = await play(seed, { weather, breakage, until: says });
      found = violations.find((violation) => says.test(violation));
      if (found !== undefined) break;
    }
    expect(found).toBeDefined();
  });
});
