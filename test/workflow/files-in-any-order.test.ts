import '../simulation/quiet.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { World } from '../support/world.ts';
import { closedOrders, ordersFrom, withReports } from './file-feeds.ts';

/** Friday at noon. The files are of the three nights before it. */
const FRIDAY = '2026-11-20T18:00:00.000Z';
const NIGHTS = [17, 18, 19];
const NUMBERS = [1, 2, 3];
const RUNS = 25;

let world: World;
beforeAll(async () => {
  world = await World.open(FRIDAY, withReports);
});
afterAll(() => world.close());

/** What a night's file says was paid for each order; it may lack one. */
const night = fc.record(
  { 1: fc.constantFrom('10.00', '20.00'), 2: fc.constantFrom('10.00', '20.00'), 3: fc.constant('10.00') },
  { requiredKeys: [] },
);
type Night = Readonly<Partial<Record<number, string>>>;
const isCut = fc.boolean();
const drops = fc.tuple(
  fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
  fc.array(fc.constantFrom(0, 1, 2), { maxLength: 2 }),
);

/** Beside rows that are the same in every file, so that none of them is short. */
const fileOf = (paid: Night) =>
  closedOrders([
    ...ordersFrom(100, 6),
    ...NUMBERS.flatMap((number) => (paid[number] === undefined ? [] : [{ number, paid: paid[number] }])),
  ]);

const centsOf = (paid: string | undefined) => (paid === undefined ? undefined : Number(paid) * 100);

interface Said {
  readonly roNumber: string;
  readonly occurredAt: string;
  readonly customerPayCents: number;
}
const isSaid = (detail: unknown): detail is Said => typeof detail === 'object' && detail !== null;
const saidOf = (number: number): Said[] =>
  world.fromFeeds
    .map(({ detail }) => detail)
    .filter(isSaid)
    .filter(({ roNumber }) => roNumber === String(number));

async function dropAll(nights: readonly Night[], order: readonly number[], cut: number | undefined) {
  for (const at of order) {
    world.now = new Date(Date.parse(world.now) + 60_000).toISOString();
    const whole = fileOf(nights[at] ?? {});
    const content = at === cut ? whole.slice(0, -30) : whole;
    await world.drop(`drop/closed/closed-2026-11-${NIGHTS[at]}.csv`, content);
  }
}

async function start() {
  await world.reset(FRIDAY);
  world.deliversFeeds = false;
}

/** Of each order, what the newest file that has it says: and never was anything said that is older than what was. */
function expectNewest(nights: readonly Night[]) {
  for (const number of NUMBERS) {
    const said = saidOf(number);
    const newest = nights.findLast((paid) => paid[number] !== undefined)?.[number];
    const last = said.toSorted((one, other) => (one.occurredAt < other.occurredAt ? -1 : 1)).at(-1);
    expect(last?.customerPayCents, `order ${number}`).toBe(centsOf(newest));
    const times = said.map(({ occurredAt }) => occurredAt);
    expect(times, `order ${number}`).toEqual(times.toSorted());
  }
}

it('three files end as the newest says, in any order, twice, and nothing older is told after it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.tuple(night, night, night), drops, async (nights, [order, again]) => {
      await start();
      await dropAll(nights, [...order, ...again], undefined);
      expectNewest(nights);
    }),
    { numRuns: RUNS },
  );
});

it('one that is cut says nothing, wherever it comes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(night, night, night),
      drops,
      fc.constantFrom(0, 1, 2),
      async (nights, [order], cut) => {
        await start();
        await dropAll(nights, order, cut);
        expectNewest(nights.map((paid, at) => (at === cut ? {} : paid)));
      },
    ),
    { numRuns: RUNS },
  );
});

it('they end the same where a run over one of them is killed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(night, night, night),
      drops,
      fc.integer({ min: 0, max: 60 }),
      isCut,
      async (nights: readonly Night[], [order], call, isBefore) => {
        await start();
        world.calls.stopAt(call, isBefore ? 'before' : 'after');
        await dropAll(nights, order, undefined);
        await world.advance(30);
        for (const number of NUMBERS) {
          const newest = nights.findLast((paid) => paid[number] !== undefined)?.[number];
          const [last] = saidOf(number).toSorted((one, other) =>
            one.occurredAt < other.occurredAt ? 1 : -1,
          );
          expect(last?.customerPayCents, `order ${number}`).toBe(centsOf(newest));
        }
      },
    ),
    { numRuns: RUNS },
  );
});

it('the middle one of three that comes last is no news where the newest says what the oldest said', async () => {
  const nights: Night[] = [{ 1: '10.00' }, { 1: '20.00' }, { 1: '10.00' }];
  await start();
  await dropAll(nights, [0, 2, 1], undefined);
  expect(saidOf(1).map(({ customerPayCents }) => customerPayCents)).toEqual([1_000]);
});

it('and is news where the newest does not have the order', async () => {
  const nights: Night[] = [{ 1: '10.00' }, { 1: '20.00' }, { 2: '10.00' }];
  await start();
  await dropAll(nights, [0, 2, 1], undefined);
  expect(saidOf(1).map(({ customerPayCents }) => customerPayCents)).toEqual([1_000, 2_000]);
});
