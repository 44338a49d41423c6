import '../simulation/quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { World } from '../support/world.ts';
import { closedOrders, ordersFrom, withReports } from './file-feeds.ts';

/** Friday, 4:00 in Denver. */
const FRIDAY = '2026-11-20T11:00:00.000Z';

let world: World;
beforeAll(async () => {
  world = await World.open(FRIDAY, (group) => {
    const { feeds, ...rest } = withReports(group);
    return {
      ...rest,
      feeds: feeds.map((feed) => (feed.name === 'closed' ? { ...feed, expectBy: '06:00' } : feed)),
    };
  });
});
beforeEach(async () => {
  await world.reset(FRIDAY);
  await world.sweep();
});
afterAll(() => world.close());

const until = (instant: string) => world.advance((Date.parse(instant) - Date.parse(world.now)) / 60_000);
async function late(): Promise<readonly string[]> {
  const swept = await world.sweep();
  if ('error' in swept) throw swept.error;
  return swept.late.map(({ feed, storeId }) => `${feed} ${storeId}`);
}
const night = () => {
  world.deliversFeeds = false;
  return world.drop(`drop/closed/closed-${world.now.slice(0, 10)}.csv`, closedOrders(ordersFrom(100, 3)));
};

describe('a feed that is expected by six in the morning', () => {
  it('is late from six on, on the clock of its store, and no minute before', async () => {
    await until('2026-11-20T12:59:00.000Z');
    expect(await late()).toEqual([]);
    await until('2026-11-20T13:00:00.000Z');
    expect(await late()).toEqual(['closed lakeshore-honda']);
  });

  it('is late no more once its file is read, and again the next morning without one', async () => {
    await until('2026-11-20T14:00:00.000Z');
    await night();
    expect(await late()).toEqual([]);
    await until('2026-11-21T13:00:00.000Z');
    expect(await late()).toEqual(['closed lakeshore-honda']);
  });

  it('is not late where the file of the night came before its time', async () => {
    await until('2026-11-20T11:09:00.000Z');
    await night();
    await until('2026-11-20T20:00:00.000Z');
    expect(await late()).toEqual([]);
  });

  it('stays late when the file that came stops', async () => {
    await until('2026-11-20T13:30:00.000Z');
    await world.drop('drop/closed/closed-2026-11-20.csv', '');
    expect(await late()).toEqual(['closed lakeshore-honda']);
  });

  it('is not waited for on a day on which the store is closed', async () => {
    // Thanksgiving.
    await until('2026-11-26T18:00:00.000Z');
    expect(await late()).toEqual([]);
  });

  it('stands in the managers’ morning email', async () => {
    await until('2026-11-20T11:09:00.000Z');
    await night();
    await until('2026-11-21T16:00:00.000Z');
    const lines = world.inbox().flatMap(({ text }) => {
      const said = text.replaceAll(/\s+/g, ' ');
      return said.includes('The file closed of last night') ? [said] : [];
    });
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toContain('has not come by 06:00; the last one was read');
  });
});
