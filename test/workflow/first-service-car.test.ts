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
    await world.untilListsLeft();
    expect(await ofMaria()).toMatchObject({ state: 'open' });
    const before = world.inbox(due.customer.email).length;
    at('2027-04-28');
    await soldToOmar();
    expect(await ofMaria()).toMatchObject({ state: 'cancelled', ended: { outcome: 'sold on' } });
    expect(world.inbox(due.customer.email)).toHaveLength(before);
    for (const person of [MAYA, SELLER]) {
      expect(world.inbox(person).at(-1)?.text).toContain('the car was traded in, or sold to somebody else');
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

describe('a later sale of the car that was a mistake', () => {
  const mistakes = {
    'was reversed': () =>
      world.put('deal-unwound', { storeId: HONDA, dealNumber: '90001', occurredAt: world.now }),
    'was written with the wrong car': () =>
      soldToOmar({ vehicle: { ...due.vehicle, vin: '1HGCM82633A004352' } }),
    'was no sale to a driver': () => soldToOmar({ dealType: 'wholesale' }),
  };
  it.each(Object.entries(mistakes))(
    'gives the first service back, and invites nobody twice: it %s',
    async (_name, mend) => {
      await sold();
      at('2027-04-25');
      await isDue();
      await world.untilListsLeft();
      at('2027-04-27');
      await soldToOmar();
      expect(await ofMaria()).toMatchObject({ state: 'cancelled', ended: { outcome: 'sold on' } });
      at('2027-04-28');
      const letters = world.inbox(due.customer.email).length;
      await mend();
      expect(await ofMaria()).toMatchObject({ state: 'open', assignee: { employeeNumber: '1042' } });
      expect(world.inbox(MAYA).at(-1)).toMatchObject({ at: world.now });
      expect(world.inbox(due.customer.email)).toHaveLength(letters);
    },
  );

  it('gives back a first service that came due in between: the customer is invited', async () => {
    await sold();
    at('2027-04-24');
    await soldToOmar();
    at('2027-04-25');
    await isDue();
    expect(await ofMaria()).toMatchObject({ state: 'history' });
    at('2027-04-27');
    const before = world.inbox(due.customer.email).length;
    await mistakes['was reversed']();
    expect(await ofMaria()).toMatchObject({ state: 'open' });
    expect(world.inbox(due.customer.email)).toHaveLength(before + 1);
  });

  it('does not give it back while another later sale stands', async () => {
    await sold();
    at('2027-04-25');
    await isDue();
    await soldToOmar();
    at('2027-04-26');
    await soldToOmar({ dealNumber: '90002', customer: { ...omar, customerNumber: 'H-78' } });
    await mistakes['was reversed']();
    expect(await ofMaria()).toMatchObject({ state: 'cancelled' });
  });
});

describe('a closed order that was entered wrong', () => {
  const order = closedOrder({ closedOn: '2027-05-10', occurredAt: '2027-05-10T18:00:00Z' });
  const wrong = {
    'was voided': (change: object = {}) =>
      world.put('repair-order-voided', {
        storeId: STORE,
        roNumber: '9001',
        occurredAt: world.now,
        ...change,
      }),
    'was for no work at all': (change: object = {}) =>
      world.put('service-visit-completed', {
        ...order,
        customerPayCents: 0,
        occurredAt: world.now,
        ...change,
      }),
  };
  for (const [name, mend] of Object.entries(wrong)) {
    for (const storeId of [STORE, HONDA]) {
      it(`leaves the first service to do, at ${storeId}: it ${name}`, async () => {
        const customer = storeId === STORE ? due.customer : { ...due.customer, customerNumber: 'H-12' };
        at('2027-04-25');
        await isDue();
        await world.untilListsLeft();
        at('2027-05-10');
        await world.put('service-visit-completed', { ...order, storeId, customer });
        expect(await ofMaria()).toMatchObject({ state: 'completed', ended: { outcome: 'visited' } });
        const letters = world.inbox(due.customer.email).length;
        at('2027-05-11');
        await mend({ storeId, ...(name === 'was voided' ? {} : { customer }) });
        expect(await ofMaria()).toMatchObject({ state: 'open' });
        expect(world.inbox(MAYA).at(-1)?.subject).toContain('Maria Kowalski');
        expect(world.inbox(due.customer.email)).toHaveLength(letters);
      });
    }
  }

  it('ends nothing when its void comes first, and ends it when it is closed again', async () => {
    at('2027-04-25');
    await isDue();
    at('2027-05-11');
    await wrong['was voided']();
    await world.put('service-visit-completed', order);
    expect(await ofMaria()).toMatchObject({ state: 'open' });
    at('2027-05-12');
    await world.put('service-visit-completed', { ...order, occurredAt: world.now });
    expect(await ofMaria()).toMatchObject({ state: 'completed' });
    at('2027-05-13');
    await world.redeliver(1);
    expect(await ofMaria()).toMatchObject({ state: 'completed' });
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
