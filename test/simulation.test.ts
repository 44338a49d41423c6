import './simulation/quiet.ts';
import './simulation/speed.ts';
import './simulation/speed-of-reading.ts';
import { describe, expect, it } from 'vitest';
import { holds } from './simulation/expression.ts';
import { play } from './simulation/play.ts';

/** A sample of what `npm run simulate -- --runs 10000` plays, a few to a test: a busy machine plays ten in a minute. */
const RUNS = 40;
const RUNS_PER_TEST = 8;

const seedsFrom = (first: number, count: number) => Array.from({ length: count }, (_one, at) => first + at);

describe('the simulation', () => {
  it.each(seedsFrom(1, RUNS).filter((seed) => seed % RUNS_PER_TEST === 1))(
    `finds no broken promise in ${RUNS_PER_TEST} runs from seed %i`,
    async (first) => {
      const broken: string[] = [];
      for (const seed of seedsFrom(first, RUNS_PER_TEST)) {
        const { violations } = await play(seed);
        broken.push(...violations.map((violation) => `seed ${seed}: ${violation}`));
      }
      expect(broken).toEqual([]);
    },
  );

  it('plays a seed the same way every time, to the last call', async () => {
    const seed = 7;
    const once = await play(seed, { keepsHistory: true });
    const again = await play(seed, { keepsHistory: true });
    expect(once.history.length).toBeGreaterThan(100);
    expect(again.history).toEqual(once.history);
  });

  it('plays a seed the same whether or not its history is kept', async () => {
    const { history: _kept, ...seen } = await play(11, { keepsHistory: true });
    const { history: _none, ...unseen } = await play(11);
    expect(unseen).toEqual(seen);
  });
});

describe('the simulated DynamoDB', () => {
  it('refuses an expression that it does not know, instead of guessing', () => {
    expect(() => holds('contains(name, :text)', {}, {})).toThrow('knows no expression');
    expect(() => holds('size(links) < :most', {}, {})).toThrow('knows no expression');
    expect(() => holds('NOT version = :read', {}, {})).toThrow('knows no expression');
  });

  it('finds what is not there equal to nothing', () => {
    expect(holds('version = :read', {}, { values: { ':read': { N: '1' } } })).toBe(false);
    expect(
      holds('attribute_not_exists(pk) OR version = :read', {}, { values: { ':read': { N: '1' } } }),
    ).toBe(true);
  });

  it('binds AND before OR, and brackets before both', () => {
    const item = { a: { S: 'x' } };
    const values = { ':x': { S: 'x' }, ':y': { S: 'y' } };
    expect(holds('a = :x OR a = :y AND a = :y', item, { values })).toBe(true);
    expect(holds('(a = :x OR a = :y) AND a = :y', item, { values })).toBe(false);
  });
});
