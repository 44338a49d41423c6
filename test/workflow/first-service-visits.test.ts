import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { World } from '../support/world.ts';
import { closedOrder, due, SELLER, TODAY } from './first-service-facts.ts';

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY, (group) => ({
    ...group,
    firstService: {
      ...group.firstService,
      byBrand: { ...group.firstService.byBrand, Subaru: { months: 6, miles: 6_000, opCodes: ['05SUZ06K'] } },
    },
  }));
});
beforeEach(() => world.reset(TODAY));
afterAll(() => world.close());

const to = (address: string) => world.inbox(address).map(({ subject }) => subject);
const visits = (change?: object) => world.put('service-visit-completed', closedOrder(change));
const state = async () => (await world.tasks('first-service-visit')).map((task) => task.state);

/** Sold on November 20: due half a year later, at 6,000 miles. */
const inSpring = { ...due, dueOn: '2027-05-20' };
const on = (day: string, change: object = {}) =>
  visits({ closedOn: day, occurredAt: `${day}T20:00:00Z`, ...change });
const at = (day: string) => {
  world.now = `${day}T21:00:00.000Z`;
};

describe('the first visit', () => {
  it('completes the handoff, and tells those who waited once', async () => {
    await world.put('first-service-due', due);
    await world.untilListsLeft();
    world.now = '2026-12-01T21:00:00.000Z';
    await visits();
    await visits();
    expect(await world.tasks('first-service-visit')).toMatchObject([
      { state: 'completed', ended: { outcome: 'visited' } },
    ]);
    expect(to(SELLER)).toHaveLength(2);
  });

  it('is the prepaid one, too, that the dealer pays itself', async () => {
    await world.put('first-service-due', due);
    world.now = '2026-12-01T21:00:00.000Z';
    await visits({ customerPayCents: 0, internalCents: 12000 });
    expect(await state()).toEqual(['completed']);
  });

  it('that was before the due date leaves nobody to invite', async () => {
    await on('2026-11-18');
    await world.put('first-service-due', due);
    expect(world.inbox()).toEqual([]);
  });
});

describe('a visit long before the first service is due', () => {
  const OTHER: Record<string, object> = {
    'a rattle on day seven': { customerPayCents: 0, warrantyCents: 8000, vehicle: vehicleAt(210) },
    'an order of $0 on day two': { customerPayCents: 0 },
    'the preparation for delivery': { customerPayCents: 0, internalCents: 12000, vehicle: vehicleAt(12) },
    'an accessory that the customer pays': { customerPayCents: 40000 },
    'an operation code of other work': { opCodes: ['TIRE-ROT'] },
  };

  for (const [name, change] of Object.entries(OTHER)) {
    it(`does not end it: ${name}`, async () => {
      await world.put('first-service-due', inSpring);
      at('2026-11-27');
      await on('2026-11-27', change);
      expect(await state()).toEqual(['waiting']);
      const [task] = await world.tasks('first-service-visit');
      expect(task?.log.at(-1)).toMatchObject({ own: { code: 'other-visit', roNumber: '9001' } });
      world.now = '2027-04-20T15:00:00.000Z';
      await world.advance(60);
      expect(await state()).toEqual(['open']);
    });

    it(`does not end it when it is known before the due date: ${name}`, async () => {
      at('2026-11-27');
      await on('2026-11-27', change);
      await world.put('first-service-due', { ...inSpring, occurredAt: world.now });
      expect(await state()).toEqual(['waiting']);
    });
  }
});

describe('a visit before the first service is due', () => {
  const COUNTS: Record<string, [day: string, change: object]> = {
    'near its date': ['2027-03-15', {}],
    'near its miles': ['2027-01-10', { vehicle: vehicleAt(4100) }],
    'by its operation code, however early': ['2027-01-10', { opCodes: ['05suz06k'] }],
    'by its operation code, at no charge': ['2027-01-10', { opCodes: ['05SUZ06K'], customerPayCents: 0 }],
  };

  for (const [name, [day, change]] of Object.entries(COUNTS)) {
    it(`is the first service ${name}`, async () => {
      await world.put('first-service-due', inSpring);
      at(day);
      await on(day, change);
      expect(await state()).toEqual(['completed']);
    });
  }

  it('counts by the day on which the customer came, not by the day on which the order was closed', async () => {
    await world.put('first-service-due', inSpring);
    at('2027-02-25');
    await on('2027-02-25', { openedOn: '2027-01-12' });
    expect(await state()).toEqual(['waiting']);
  });

  it('becomes the first service when the DMS corrects the due date', async () => {
    await world.put('first-service-due', inSpring);
    at('2027-01-10');
    await on('2027-01-10');
    await world.put('first-service-due', { ...inSpring, occurredAt: world.now, dueOn: '2027-03-01' });
    expect(await state()).toEqual(['completed']);
  });
});

function vehicleAt(odometerMiles: number) {
  return { ...due.vehicle, odometerMiles };
}
