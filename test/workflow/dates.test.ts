import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { World } from '../support/world.ts';

/** A Friday, noon in Chicago. */
const TODAY = '2026-11-20T18:00:00.000Z';
const SELLER = 'jordan.blake@lakeshore.example';
const ADVISOR = 'sam.delgado@lakeshore.example';
const SALES = 'dana.whitehorse@lakeshore.example';

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY);
});
beforeEach(() => world.reset(TODAY));
afterAll(() => world.close());

const introduction = async () => (await world.tasks('service-introduction'))[0];

describe('a source that has dates without a time', () => {
  it('sells a car that is delivered on Monday: the handoff begins when Sales opens on that day', async () => {
    await world.putSample('vehicle-sold', { deliveryAt: undefined, deliveryOn: '2026-11-23' });
    expect(world.inbox()).toEqual([]);
    expect(await introduction()).toMatchObject({
      state: 'waiting',
      deadlines: { release: '2026-11-23T15:00:00.000Z' },
      firstService: { dueOn: '2027-05-23' },
    });
    await world.advance(3 * 24 * 60);
    expect(world.inbox(SELLER)[0]?.text).toContain('Delivery: Monday, November 23, 2026');
  });

  it('sells a car that is delivered today: the handoff begins at once', async () => {
    await world.putSample('vehicle-sold', { deliveryAt: undefined, deliveryOn: '2026-11-20' });
    expect(world.inbox(SELLER)[0]?.text).toContain('Delivery: Friday, November 20, 2026');
  });

  it('sends a date beside the instant: the instant counts', async () => {
    await world.putSample('vehicle-sold', { deliveryOn: '2026-12-24' });
    expect((await introduction())?.state).toBe('open');
  });

  it('promises the car back today: it is in the shop until Service closes', async () => {
    const quote = { promisedAt: undefined, promisedOn: '2026-11-20', openedAt: undefined };
    await world.putSample('repair-quote-high', { ...quote, openedOn: '2026-11-19' });
    expect(world.inbox(ADVISOR)[0]?.text).toContain('Where now: Waiting in the lounge, promised for today');
    const [task] = await world.tasks('repair-options');
    await world.answer(task?.taskId ?? '', { choice: 'open-to-looking' });
    expect(world.inbox(SALES)[0]?.text).toContain('Order opened: Thursday, November 19, 2026');
  });
});

describe('a date where a time is expected, and a time where a date is', () => {
  it.each(['2026-11-23', '2026-11-23 00:00:00', '2026-11-23T00:00:00.000'])(
    'delivers the car on that day: deliveryAt %s',
    async (deliveryAt) => {
      await world.putSample('vehicle-sold', { deliveryAt });
      expect(await introduction()).toMatchObject({ state: 'waiting', firstService: { dueOn: '2027-05-23' } });
      expect(await world.refusals()).toEqual([]);
    },
  );

  it('opens the order on that day, and promises the car back by closing time', async () => {
    await world.putSample('repair-quote-high', { openedAt: '2026-11-19', promisedAt: '2026-11-20' });
    expect(world.inbox(ADVISOR)[0]?.text).toContain('Where now: Waiting in the lounge, promised for today');
  });

  it.each(['2026-11-20T00:00:00', '2026-11-20 16:30', '2026-11-20T23:30:00-06:00'])(
    'closes the order on that day: closedOn %s',
    async (closedOn) => {
      await world.putSample('service-visit-completed', { closedOn });
      expect(await world.refusals()).toEqual([]);
    },
  );

  it.each(['2026-11-21T03:00:00Z', '2026-11-21T03:00:00+00:00'])(
    'is refused where the day is not known: closedOn %s',
    async (closedOn) => {
      await world.putSample('service-visit-completed', { closedOn });
      expect(await world.refusals()).toHaveLength(1);
    },
  );
});

describe('an odometer that nobody read', () => {
  it.each([
    ['1,999,999 miles', 1_999_999, undefined],
    ['131,420 miles', 131_420, 137_420],
  ])('at %s makes no due miles of nonsense', async (_read, odometerMiles, dueMiles) => {
    const vehicle = { vin: '4S4BTGND8V3104872', odometerMiles };
    await world.putSample('vehicle-sold', { vehicle });
    expect((await introduction())?.firstService?.dueMiles).toBe(dueMiles);
  });
});

const warned = () => world.ours.filter((event) => event['detail-type'] === 'handoff-event-warned');

describe('a mistyped date', () => {
  it.each<[string, string, object, string]>([
    ['a delivery in ten years', 'vehicle-sold', { deliveryAt: '2036-11-20T16:30:00-06:00' }, 'deliveryAt'],
    ['a delivery ten years ago', 'vehicle-sold', { deliveryAt: '2016-11-20T16:30:00-06:00' }, 'deliveryAt'],
    ['a first service due years ago', 'first-service-due', { dueOn: '2023-12-10' }, 'dueOn'],
    ['a first service due in 2035', 'first-service-due', { dueOn: '2035-12-10' }, 'dueOn'],
    ['an order that closes next month', 'service-visit-completed', { closedOn: '2026-12-20' }, 'closedOn'],
    [
      'an appointment in ten years',
      'service-appointment-booked',
      { startsAt: '2036-12-20T15:00:00Z' },
      'startsAt',
    ],
  ])('that a handoff hangs on is refused, and kept: %s', async (_what, sample, change, field) => {
    await world.putSample(sample, change);
    expect(await world.refusals()).toMatchObject([{ reason: expect.stringContaining(`${field}: lies too`) }]);
    expect(world.inbox()).toEqual([]);
  });

  it('that only decorates is left out, and its sender is warned', async () => {
    await world.putSample('repair-quote-high', {
      promisedAt: '2036-11-20T17:00:00-07:00',
      openedAt: '2027-11-20T08:00:00Z',
    });
    expect(world.inbox(ADVISOR)).toHaveLength(1);
    expect(JSON.stringify(warned())).toContain('promisedAt');
    expect(JSON.stringify(warned())).toContain('openedAt');
  });

  it('of a purchase that is ahead silences nobody for years', async () => {
    const ownership = { boughtOn: '2035-08-15', asOf: '2026-11-20' };
    await world.putSample('repair-quote-high', { ownership });
    const [task] = await world.tasks('repair-options');
    expect(task?.assessment?.suppressions.map(({ name }) => name)).not.toContain('bought-recently');
  });
});
