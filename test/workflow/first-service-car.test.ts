import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { World } from '../support/world.ts';
import { closedOrder, due, MAYA, SELLER, STORE, TODAY } from './first-service-facts.ts';

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY);
});
beforeEach(() => world.reset(TODAY));
afterEach(() => expect(world.deadLetters).toEqual([]));
afterAll(() => world.close());

const HONDA = 'lakeshore-honda';
const omar = { customerNumber: 'H-77', firstName: 'Omar', lastName: 'Haddad', email: 'omar@example.com' };
const at = (day: string) => {
  world.now = `${day}T18:00:00.000Z`;
};
const sold = (change: object = {}) =>
  world.putSample('vehicle-sold', {
    occurredAt: world.now,
    deliveryAt: undefined,
    customer: due.customer,
    vehicle: due.vehicle,
    ...change,
  });
const soldToOmar = (change: object = {}) =>
  sold({
    storeId: HONDA,
    dealNumber: '90001',
    customer: omar,
    salespeople: [{ employeeNumber: '2207' }],
    ...change,
  });
const isDue = (change: object = {}) =>
  world.put('first-service-due', { ...due, dueOn: '2027-05-20', occurredAt: world.now, ...change });
const ofMaria = async () =>
  (await world.tasks('first-service-visit')).find(({ subject }) => subject.customerNumber === 'C-20417');

describe('a car that changed hands', () => {
  it('has no first service of its former owner any more: staff are told, the customer is not', async () => {
    await sold();
    at('2027-04-25');
    await isDue();
    expect(await ofMaria()).toMatchObject({ state: 'open' });
    const before = world.inbox(due.customer.email).length;
    at('2027-04-28');
    await soldToOmar();
    expect(await ofMaria()).toMatchObject({ state: 'cancelled', ended: { outcome: 'sold on' } });
    expect(world.inbox(due.customer.email)).toHaveLength(before);
    for (const person of [MAYA, SELLER]) {
      expect(world.inbox(person).at(-1)?.text).toContain('the car was sold to somebody else');
    }
  });

  it('invites nobody to the first service of a car that was sold to somebody else before it came due', async () => {
    await sold();
    at('2027-02-28');
    await soldToOmar();
    at('2027-04-25');
    const before = world.inbox().length;
    await isDue();
    expect(await ofMaria()).toMatchObject({ state: 'history' });
    expect(world.inbox()).toHaveLength(before);
  });

  const steps = {
    sale: () => sold({ occurredAt: TODAY }),
    due: () => isDue(),
    'later sale': () => soldToOmar({ occurredAt: '2027-04-20T18:00:00Z' }),
  };
  for (const order of [
    ['sale', 'due', 'later sale'],
    ['sale', 'later sale', 'due'],
    ['later sale', 'sale', 'due'],
    ['later sale', 'due', 'sale'],
    ['due', 'sale', 'later sale'],
    ['due', 'later sale', 'sale'],
  ] as const) {
    it(`has no first service of its former owner, told in any order: ${order.join(', ')}`, async () => {
      at('2027-04-25');
      for (const step of order) await steps[step]();
      expect(['history', 'cancelled']).toContain((await ofMaria())?.state);
    });
  }

  it('keeps the first service of its new owner when the older sale is told again', async () => {
    await sold();
    at('2027-02-28');
    await soldToOmar();
    at('2027-08-01');
    await isDue({ storeId: HONDA, customer: omar, dueOn: '2027-08-28', salespersonNumber: undefined });
    await sold({ occurredAt: '2026-11-21T18:00:00Z', promises: ['Floor mats'] });
    const tasks = await world.tasks('first-service-visit');
    expect(tasks.find(({ storeId }) => storeId === HONDA)).toMatchObject({ state: 'open' });
  });

  it('keeps the first service when the later deal is reversed, or was written with the wrong car', async () => {
    const mistakes = [
      () => world.put('deal-unwound', { storeId: HONDA, dealNumber: '90001', occurredAt: world.now }),
      () =>
        soldToOmar({
          occurredAt: '2027-03-02T18:00:00Z',
          vehicle: { ...due.vehicle, vin: '1HGCM82633A004352' },
        }),
    ];
    for (const mend of mistakes) {
      await world.reset(TODAY);
      await sold();
      at('2027-02-28');
      await soldToOmar();
      at('2027-03-03');
      await mend();
      at('2027-04-25');
      await isDue();
      expect(await ofMaria()).toMatchObject({ state: 'open' });
    }
  });
});

describe('a first service at another store of the group', () => {
  const there = (day: string, change: object = {}) =>
    world.put(
      'service-visit-completed',
      closedOrder({
        ...{ storeId: HONDA, closedOn: day, occurredAt: `${day}T18:00:00Z` },
        ...{ customer: { ...due.customer, customerNumber: 'H-12' }, ...change },
      }),
    );

  it('counts', async () => {
    at('2027-04-25');
    await isDue();
    at('2027-05-10');
    await there('2027-05-10');
    expect(await ofMaria()).toMatchObject({
      storeId: STORE,
      state: 'completed',
      ended: { outcome: 'visited' },
    });
  });

  it('counts when it was there before the first service came due', async () => {
    at('2027-04-10');
    await there('2027-04-10');
    at('2027-04-25');
    await isDue();
    expect(await ofMaria()).toMatchObject({ state: 'history' });
    expect(world.inbox()).toEqual([]);
  });

  it('does not count when it was for other work', async () => {
    at('2026-12-01');
    await isDue();
    await there('2026-12-01');
    expect(await ofMaria()).toMatchObject({ state: 'waiting' });
  });
});
