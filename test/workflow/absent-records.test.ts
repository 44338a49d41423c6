import '../simulation/quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { World } from '../support/world.ts';
import { appointments, closedOrders, openOrders, receiptOf, withReports } from './file-feeds.ts';

/** Monday at noon; each night is a day later. */
const MONDAY = '2026-11-16T12:00:00.000Z';
const GONE = 'repair-order-no-longer-open';
const CANCELLED = 'service-appointment-cancelled';

let world: World;
beforeAll(async () => {
  world = await World.open(MONDAY, withReports);
});
beforeEach(async () => {
  await world.reset(MONDAY);
  world.deliversFeeds = false;
  // The time before the feed began.
  await night(15, 1);
});
afterAll(() => world.close());

/** The list of open orders of a night, by their numbers. */
async function night(day: number, ...numbers: readonly number[]) {
  world.now = `2026-11-${day}T12:00:00.000Z`;
  return drop(day, ...numbers);
}
const drop = (day: number, ...numbers: readonly number[]) =>
  world.drop(`drop/open/open-2026-11-${day}.csv`, openOrders(numbers.map((number) => ({ number }))));
const saidOf = (number: number) =>
  world.fromFeeds
    .filter(({ detail }) => JSON.stringify(detail).includes(`"${number}"`))
    .map((event) => event['detail-type']);
const sayings = () => world.fromFeeds.filter((event) => event['detail-type'] === GONE);

describe('an order that is gone from the list of open ones', () => {
  it('is over after two files, and not after one', async () => {
    await night(16, 1, 2, 3);
    await night(17, 1, 2);
    expect(saidOf(3)).toEqual(['repair-quoted']);
    const read = await night(18, 1, 2);
    expect(saidOf(3)).toEqual(['repair-quoted', GONE]);
    expect(saidOf(2)).toEqual(['repair-quoted']);
    expect(receiptOf(read).progress).toMatchObject({ unchanged: 2, ended: { [GONE]: 1 } });
  });

  it('is over since the first file that lacks it, and nothing is said of its customer', async () => {
    await night(16, 1, 2, 3);
    await night(17, 1, 2);
    await night(18, 1, 2);
    expect(sayings().map(({ detail }) => detail)).toEqual([
      {
        version: 1,
        storeId: 'lakeshore-honda',
        occurredAt: '2026-11-18T06:59:00.000Z',
        correlationId: 'open-2026-11-17.csv#gone',
        roNumber: '3',
      },
    ]);
  });

  it('is told once, however many files lack it, and quoted again when it comes back', async () => {
    await night(16, 1, 2, 3);
    for (const day of [17, 18, 19, 20]) await night(day, 1, 2);
    expect(sayings()).toHaveLength(1);
    await night(21, 1, 2, 3);
    expect(saidOf(3)).toEqual(['repair-quoted', GONE, 'repair-quoted']);
  });

  it('is not over where the next file has it again', async () => {
    await night(16, 1, 2, 3);
    await night(17, 1, 2);
    await night(18, 1, 2, 3);
    await night(19, 1, 2);
    expect(sayings()).toEqual([]);
  });

  it('is not over because the same file was dropped twice', async () => {
    await night(16, 1, 2, 3);
    await night(17, 1, 2);
    world.now = '2026-11-17T13:00:00.000Z';
    await drop(17, 1, 2);
    expect(sayings()).toEqual([]);
  });

  it('is over, too, where the file in between comes last', async () => {
    await night(16, 1, 2, 3);
    await night(18, 1, 2);
    expect(sayings()).toEqual([]);
    await drop(17, 1, 2);
    expect(saidOf(3)).toEqual(['repair-quoted', GONE]);
  });

  it('is not told to be over where the file of closed orders told that it was closed', async () => {
    await night(16, 1, 2, 3);
    await night(17, 1, 2);
    await world.drop(
      'drop/closed/closed-2026-11-17.csv',
      closedOrders([{ number: 3, closedOn: '11/17/2026' }]),
    );
    await night(18, 1, 2);
    expect(saidOf(3)).toEqual(['repair-quoted', 'service-visit-completed']);
  });

  it('is nothing to tell of where it was open before the feed began', async () => {
    await night(16, 2, 3);
    await night(17, 2, 3);
    await night(18, 2, 3);
    expect(saidOf(1)).toEqual([]);
  });

  it('is not over where the row is there and cannot be read', async () => {
    await night(16, 1, 2, 3);
    const all = openOrders([{ number: 1 }, { number: 2 }, { number: 3 }]);
    const broken = all.replace(/(12,3,.*),TRANSMISSION,4180.00/, '$1');
    for (const day of [17, 18]) {
      world.now = `2026-11-${day}T12:00:00.000Z`;
      await world.drop(`drop/open/open-2026-11-${day}.csv`, broken);
    }
    expect(receiptOf(world.files.at(-1) ?? { is: 'gone' }).judged).toMatchObject({ refused: 1 });
    expect(sayings()).toEqual([]);
  });

  it('is looked for in the files of its own store only', async () => {
    const both = openOrders([{ number: 1 }, { number: 2 }, { number: 7, store: '11' }]);
    await world.drop('drop/open/open-2026-11-16.csv', both);
    await night(17, 1, 2);
    await night(18, 1, 2);
    expect(saidOf(7)).toEqual(['repair-quoted']);
  });

  it('is found by the run that goes on where another was killed', async () => {
    for (let call = 0; ; call += 3) {
      await world.reset(MONDAY);
      world.deliversFeeds = false;
      await night(15, 1);
      await night(16, 1, 2, 3);
      await night(17, 1, 2);
      const isStopped = world.calls.stopAt(call, call % 2 === 0 ? 'before' : 'after');
      await night(18, 1, 2);
      if (!isStopped()) break;
      await world.advance(30);
      expect(new Set(saidOf(3)), `stopped at call ${call}`).toEqual(new Set(['repair-quoted', GONE]));
    }
  });
});

describe('a list of open orders that lacks too many', () => {
  const many = Array.from({ length: 20 }, (_, at) => 100 + at);
  const few = many.slice(0, 13);

  it('stops after the second file, sends nothing and says what to do', async () => {
    await night(16, ...many);
    await night(17, ...few);
    const second = await night(18, ...few);
    expect(receiptOf(second).stops).toEqual([
      {
        reason: 'absent',
        says: '7 of 20 are in none of the last 2 files. Ask whether the report lists all that is open; if so many are over, drop it into the folder history of the feed',
      },
    ]);
    expect(sayings()).toEqual([]);
  });

  it('tells that they are over where it is dropped into the folder history', async () => {
    await night(16, ...many);
    await night(17, ...few);
    await night(18, ...few);
    world.now = '2026-11-18T13:00:00.000Z';
    await world.drop('drop/open/history/open-2026-11-18.csv', openOrders(few.map((number) => ({ number }))));
    expect(sayings()).toHaveLength(7);
  });

  it('is read where few are open and some of them are over', async () => {
    await night(16, 1, 2, 3, 4);
    await night(17, 1);
    expect(receiptOf(await night(18, 1)).state).toBe('read');
    expect(sayings()).toHaveLength(3);
  });
});

describe('an appointment that is gone from the log', () => {
  const log = async (day: number, ...booked: readonly [number: number, on: string][]) => {
    world.now = `2026-11-${day}T12:00:00.000Z`;
    const rows = booked.map(([number, on]) => ({ number, on }));
    return world.drop(`drop/visits/DVD46316_202611${day}_0309_SV_APPT.txt`, appointments(rows));
  };

  it('was cancelled, after two files and by its car alone', async () => {
    await log(16, [71, '11/24/2026'], [72, '11/25/2026']);
    await log(17, [71, '11/24/2026']);
    await log(18, [71, '11/24/2026']);
    const cancelled = world.fromFeeds.filter((event) => event['detail-type'] === CANCELLED);
    expect(cancelled.map(({ detail }) => detail)).toEqual([
      {
        ...{ version: 1, storeId: 'lakeshore-subaru', appointmentNumber: '72' },
        ...{
          occurredAt: '2026-11-17T09:09:00.000Z',
          correlationId: 'DVD46316_20261117_0309_SV_APPT.txt#gone',
        },
        vin: expect.any(String),
      },
    ]);
  });

  it('was kept where its time had come before the log lacked it', async () => {
    await log(16, [71, '11/24/2026'], [72, '11/17/2026']);
    await log(17, [71, '11/24/2026']);
    await log(18, [71, '11/24/2026']);
    expect(saidOf(72)).toEqual(['service-appointment-booked']);
  });
});
