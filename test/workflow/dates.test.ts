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
    expect(world.inbox(ADVISOR)[0]?.text).toContain('Where now: Waiting in the lane, promised for today');
    const [task] = await world.tasks('repair-options');
    await world.answer(task?.taskId ?? '', { choice: 'open-to-looking' });
    expect(world.inbox(SALES)[0]?.text).toContain('Order opened: Thursday, November 19, 2026');
  });
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
