import '../simulation/quiet.ts';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { World } from '../support/world.ts';
import {
  closedOrders,
  inShort,
  ordersFrom,
  receiptOf,
  sampleFile,
  soldLog,
  withReports,
} from './file-feeds.ts';

/** Friday morning in Denver, two hours before Service opens. */
const FRIDAY = '2026-11-20T12:00:00.000Z';
const DAY = 24 * 60;

let world: World;
beforeAll(async () => {
  world = await World.open(FRIDAY, withReports);
});
beforeEach(() => world.reset(FRIDAY));
afterAll(() => world.close());

const sentBy = (source: string) => world.fromFeeds.filter((event) => event.source === source);
const firstSv = 'drop/honda-orders/DVD46315_20261119_0312_SV.txt';
const secondSv = 'drop/honda-orders/DVD46315_20261120_0309_SV.txt';
/** Without the rows that stop it: of another dealer, and one that is short. */
const secondNight = () => {
  const lines = new TextDecoder('latin1').decode(sampleFile('DVD46315_20261120_0309_SV.txt')).split('\r\n');
  return new Uint8Array(Buffer.from([...lines.slice(0, 5), ''].join('\r\n'), 'latin1'));
};

describe('a file that is dropped into the bucket', () => {
  it('becomes the events of its rows, and its receipt adds up', async () => {
    const read = await world.drop('drop/closed/closed-2026-11-20.csv', closedOrders(ordersFrom(100, 3)));
    expect(inShort(read)).toBe('3 = 3 sent + 0 unchanged + 0 skipped + 0 waiting + 0 refused');
    expect(sentBy('feed.orders-csv').map((event) => event['detail-type'])).toEqual(
      Array.from({ length: 3 }, () => 'service-visit-completed'),
    );
    expect(receiptOf(read)).toMatchObject({
      ...{ state: 'read', feed: 'closed', fileName: 'closed-2026-11-20.csv' },
      judged: { cents: { customerPayCents: 3 * 8995 }, newestOn: '2026-11-19' },
    });
    expect(await world.refusals()).toEqual([]);
  });

  it('costs one read for a hundred rows and no write a row when nothing has changed', async () => {
    world.deliversFeeds = false;
    await world.drop('drop/closed/closed-2026-11-19.csv', closedOrders(ordersFrom(100, 250)));
    world.calls.made.length = 0;
    const again = await world.drop('drop/closed/closed-2026-11-20.csv', closedOrders(ordersFrom(100, 250)));
    expect(inShort(again)).toBe('250 = 0 sent + 250 unchanged + 0 skipped + 0 waiting + 0 refused');
    const made = (name: string) => world.calls.made.filter((one) => one === name).length;
    expect(made('BatchGetItemCommand')).toBe(3);
    expect(made('PutEventsCommand')).toBe(0);
    // The receipt: taken, judged, finished; and that the feed has come.
    expect(made('PutItemCommand')).toBeLessThanOrEqual(4);
  });

  it('is read once, however often the bucket tells of it', async () => {
    await world.drop('drop/closed/closed-2026-11-20.csv', closedOrders(ordersFrom(100, 2)));
    expect(await world.readAgain('drop/closed/closed-2026-11-20.csv')).toEqual({ is: 'not-now' });
    expect(sentBy('feed.orders-csv')).toHaveLength(2);
  });

  it('says again what changed, and only that', async () => {
    await world.drop('drop/closed/closed-2026-11-19.csv', closedOrders(ordersFrom(100, 3)));
    const changed = closedOrders([...ordersFrom(100, 2), { number: 102, paid: '120.00' }, { number: 103 }]);
    const read = await world.drop('drop/closed/closed-2026-11-20.csv', changed);
    expect(inShort(read)).toBe('4 = 2 sent + 2 unchanged + 0 skipped + 0 waiting + 0 refused');
  });

  it('is passed over where it lies in the folder of no feed, and its receipt says what to do', async () => {
    const lost = await world.drop('drop/honda/closed.csv', closedOrders(ordersFrom(100, 1)));
    expect(receiptOf(lost).stops.map(({ reason }) => reason)).toEqual(['unknown-feed']);
    expect(await world.drop('drop/closed/', '')).toEqual({ is: 'no-file' });
    expect(world.fromFeeds).toEqual([]);
  });
});

describe('the first file of a feed', () => {
  it('sends visits, notes open orders, and voids nothing that never was', async () => {
    const first = await world.drop(firstSv, sampleFile('DVD46315_20261119_0312_SV.txt'));
    const { isHistory, progress } = receiptOf(first);
    expect(isHistory).toBe(true);
    expect(progress).toMatchObject({
      sent: { 'service-visit-completed': 4 },
      passedOver: {
        'an order that was open before the feed began: noted, nothing sent': 1,
        'it ended before anything was sent of it': 1,
      },
    });
    const second = await world.drop(secondSv, secondNight());
    expect(receiptOf(second)).toMatchObject({ isHistory: false, state: 'read' });
    // An open order that grew is sent on the second night, and one that was voided is open again.
    expect(sentBy('feed.dealervault-sv').map((event) => event['detail-type'])).toContain('repair-quoted');
  });

  it('introduces who takes the car now, and nobody who took it last week', async () => {
    const cars = [
      { number: 1, deliveredOn: '11/10/2026' },
      { number: 2, deliveredOn: '11/19/2026' },
    ];
    await world.drop('drop/sold/sold-2026-11-19.csv', soldLog(cars));
    const states = async () => (await world.tasks('service-introduction')).map(({ state }) => state).sort();
    expect(await states()).toEqual(['history', 'open']);
    const next = [...cars, { number: 3, deliveredOn: '11/20/2026' }];
    await world.drop('drop/sold/sold-2026-11-20.csv', soldLog(next));
    expect(await states()).toEqual(['history', 'open', 'waiting']);
  });

  it('is like every file in the folder history, whatever was read before', async () => {
    await world.drop('drop/sold/sold-2026-11-19.csv', soldLog([{ number: 1, deliveredOn: '11/19/2026' }]));
    const past = await world.drop(
      'drop/sold/history/sold-2026-11-01.csv',
      soldLog([{ number: 9, deliveredOn: '10/28/2026' }]),
    );
    expect(receiptOf(past)).toMatchObject({ isHistory: true, progress: { sent: { 'vehicle-sold': 1 } } });
    expect((await world.tasks('service-introduction')).filter(({ state }) => state === 'open')).toHaveLength(
      1,
    );
  });
});

describe('two nights', () => {
  const first = () => world.drop(firstSv, sampleFile('DVD46315_20261119_0312_SV.txt'));
  const second = () => world.drop(secondSv, secondNight());
  const facts = async () =>
    (await world.items('feed fact')).map(({ sk, hash, asOf }) => [sk, hash, asOf]).sort();

  it('twice change nothing the second time', async () => {
    await first();
    await second();
    const known = await facts();
    const sent = world.fromFeeds.length;
    await world.advance(5);
    await first();
    await second();
    expect(world.fromFeeds).toHaveLength(sent);
    expect(await facts()).toEqual(known);
  });

  it('end the same when the older one comes last', async () => {
    await first();
    await second();
    const inOrder = await facts();
    await world.reset(FRIDAY);
    await second();
    const late = await first();
    expect(receiptOf(late).progress.passedOver).toMatchObject({ 'a newer file says otherwise': 4 });
    const known = new Map((await facts()).map(([id, ...rest]) => [id, rest]));
    // What only the older file has is known by it; what both have, as the newer one says it.
    for (const [id, ...rest] of inOrder) if (known.has(id)) expect(known.get(id)?.[0]).toBe(rest[0]);
  });
});

describe('a run that is killed', () => {
  it('goes on without losing a row, wherever it stopped', async () => {
    const file = closedOrders(ordersFrom(100, 104));
    for (let call = 0; ; call += 7) {
      await world.reset(FRIDAY);
      world.deliversFeeds = false;
      const isStopped = world.calls.stopAt(call, call % 2 === 0 ? 'before' : 'after');
      await world.drop('drop/closed/closed-2026-11-20.csv', file);
      if (!isStopped()) break;
      // What Lambda's own tries did not finish, the sweep has read on.
      await world.advance(30);
      const numbers = new Set(
        world.fromFeeds.map(({ detail }) => JSON.stringify(detail).match(/"roNumber":"(\d+)"/)?.[1]),
      );
      expect(numbers.size, `stopped at call ${call}`).toBe(104);
      const [receipt] = await world.items('feed file');
      expect(receipt).toMatchObject({
        state: 'read',
        progress: { sent: { 'service-visit-completed': 104 } },
      });
    }
  });

  it('is not read by a second invocation beside the first', async () => {
    world.deliversFeeds = false;
    const file = 'drop/closed/closed-2026-11-20.csv';
    world.placeFile(file, closedOrders(ordersFrom(100, 150)));
    // It begins while the first is between two batches.
    let second: Promise<{ readonly is: string }> | undefined;
    world.readingTimeIsUp = () => {
      second ??= world.readAgain(file);
      return false;
    };
    expect((await world.readAgain(file)).is).toBe('read');
    expect((await second)?.is).toBe('not-now');
    expect(world.fromFeeds).toHaveLength(150);
  });

  it('is read by one of two invocations that begin at the same instant', async () => {
    world.deliversFeeds = false;
    const file = 'drop/closed/closed-2026-11-20.csv';
    world.placeFile(file, closedOrders(ordersFrom(100, 5)));
    const both = await Promise.all([world.readAgain(file), world.readAgain(file)]);
    expect(both.map(({ is }) => is).sort()).toEqual(['not-now', 'read']);
  });

  it('ends with a receipt that says so, where the file was removed meanwhile', async () => {
    world.readingTimeIsUp = () => true;
    const file = 'drop/closed/closed-2026-11-20.csv';
    expect(await world.drop(file, closedOrders(ordersFrom(100, 120)))).toMatchObject({ is: 'unfinished' });
    world.removeFile(file);
    await world.advance(10);
    expect(receiptOf(world.files.at(-1) ?? { is: 'gone' }).stops.map(({ reason }) => reason)).toEqual([
      'gone',
    ]);
  });

  it('goes on by an event of ours when a file is longer than an invocation', async () => {
    world.deliversFeeds = false;
    world.readingTimeIsUp = () => true;
    await world.drop('drop/closed/closed-2026-11-20.csv', closedOrders(ordersFrom(100, 320)));
    await world.advance(30);
    const outcomes = world.files.map(({ is }) => is);
    expect(outcomes).toEqual(['unfinished', 'unfinished', 'unfinished', 'read']);
    expect(inShort(world.files.at(-1) ?? { is: 'gone' })).toBe(
      '320 = 320 sent + 0 unchanged + 0 skipped + 0 waiting + 0 refused',
    );
    expect(world.ours.filter((event) => event['detail-type'] === 'feed-file-unfinished')).toHaveLength(3);
  });

  it('reads on from the byte behind the last row, and not the rows above it', async () => {
    world.deliversFeeds = false;
    world.readingTimeIsUp = () => true;
    const content = closedOrders(ordersFrom(100, 320));
    await world.drop('drop/closed/closed-2026-11-20.csv', content);
    await world.advance(30);
    const behind = [100, 200, 300].map(
      (row) =>
        content
          .split('\n')
          .slice(0, row + 1)
          .join('\n').length + 1,
    );
    expect(world.calls.ranges).toEqual(behind.map((offset) => `bytes=${offset}-`));
    expect(new Set(world.fromFeeds.map(({ detail }) => JSON.stringify(detail))).size).toBe(320);
  });

  it('ends a file that was killed behind its last row', async () => {
    world.deliversFeeds = false;
    world.readingTimeIsUp = () => true;
    await world.drop('drop/closed/closed-2026-11-20.csv', closedOrders(ordersFrom(100, 200)));
    await world.advance(30);
    expect(receiptOf(world.files.at(-1) ?? { is: 'gone' })).toMatchObject({ state: 'read' });
    expect(world.fromFeeds).toHaveLength(200);
  });

  it('reads a packed file on from its beginning, and counts the same', async () => {
    world.deliversFeeds = false;
    world.readingTimeIsUp = () => true;
    const packed = gzipSync(closedOrders(ordersFrom(100, 320)));
    await world.drop('drop/closed/closed-2026-11-20.csv.gz', packed);
    await world.advance(30);
    expect(world.calls.ranges).toEqual([]);
    expect(inShort(world.files.at(-1) ?? { is: 'gone' })).toBe(
      '320 = 320 sent + 0 unchanged + 0 skipped + 0 waiting + 0 refused',
    );
  });
});

describe('a file that stops', () => {
  const rows = ordersFrom(100, 20);
  const stopsOf = async (name: string, content: string | Uint8Array) =>
    receiptOf(await world.drop(`drop/closed/${name}`, content)).stops.map(({ reason }) => reason);

  it.each([
    ['that lost a column', closedOrders(rows).replace(',VIN,', ',Chassis,'), 'missing-column'],
    ['with rows of another dealer', closedOrders([...rows, { number: 999, store: '77' }]), 'other-dealer'],
    ['that is empty', '', 'empty'],
    ['that has a header only', closedOrders([]), 'empty'],
    ['that breaks off in a row', closedOrders(rows).slice(0, -40), 'truncated'],
  ])('one %s sends nothing', async (_which, content, reason) => {
    expect(await stopsOf('closed-2026-11-20.csv', content)).toEqual([reason]);
    expect(world.fromFeeds).toEqual([]);
    expect(await world.items('feed fact')).toEqual([]);
  });

  it('one whose name says nothing of its night sends nothing', async () => {
    expect(await stopsOf('closed.csv', closedOrders(rows))).toEqual(['unknown-name']);
  });

  it('one with far fewer rows than the files before sends nothing, until it lies in the folder history', async () => {
    for (const night of [16, 17, 18, 19]) {
      world.now = `2026-11-${night}T12:00:00.000Z`;
      const closedOn = `11/${night - 1}/2026`;
      const content = closedOrders(ordersFrom(night * 100, 20).map((order) => ({ ...order, closedOn })));
      expect(await stopsOf(`closed-2026-11-${night}.csv`, content)).toEqual([]);
    }
    world.now = FRIDAY;
    const few = closedOrders(ordersFrom(9000, 11));
    expect(await stopsOf('closed-2026-11-20.csv', few)).toEqual(['shrunken']);
    expect(await stopsOf('history/closed-2026-11-20.csv', few)).toEqual([]);
  });

  it('one whose newest visit is of last week sends nothing, because it is an old file sent again', async () => {
    await stopsOf('closed-2026-11-19.csv', closedOrders(rows));
    world.now = '2026-11-25T12:00:00.000Z';
    expect(await stopsOf('closed-2026-11-25.csv', closedOrders(rows))).toEqual(['stale']);
    // Thanksgiving and a Sunday between them: nobody worked.
    world.now = '2026-11-23T12:00:00.000Z';
    expect(await stopsOf('closed-2026-11-23.csv', closedOrders(rows))).toEqual([]);
  });
});

describe('a row that is refused', () => {
  const broken = (number: number) => ({ number, closedOn: 'YESTERDAY' });

  it('keeps no other one back, stands among the dead letters without its values, and is taken off when it is good', async () => {
    const tenPercent = [...ordersFrom(100, 18), broken(118), broken(119)];
    const read = await world.drop('drop/closed/closed-2026-11-19.csv', closedOrders(tenPercent));
    expect(inShort(read)).toBe('20 = 18 sent + 0 unchanged + 0 skipped + 0 waiting + 2 refused');
    const kept = await world.refusals();
    expect(kept).toHaveLength(2);
    expect(kept[0]).toMatchObject({
      queue: 'file',
      source: 'feed.orders-csv',
      detailType: 'service-visit-completed',
    });
    expect(String(kept[0]?.['reason'])).toContain('closedOn');
    expect(JSON.stringify(kept)).not.toMatch(/YESTERDAY|CUSTOMER 118/);
    const mended = [...ordersFrom(100, 19), broken(119)];
    await world.drop('drop/closed/closed-2026-11-20.csv', closedOrders(mended));
    expect((await world.refusals()).map(({ id }) => id)).toEqual(['file#closed#119']);
  });
});

it('a feed whose nights bring nothing new is not silent', async () => {
  world.deliversFeeds = false;
  await world.drop('drop/closed/closed-2026-11-20.csv', closedOrders(ordersFrom(100, 3)));
  await world.advance(6 * DAY);
  const swept = await world.sweep();
  expect('silent' in swept && swept.silent).toEqual([]);
});
