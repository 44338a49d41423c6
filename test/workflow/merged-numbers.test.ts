import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plusMinutes } from '../../functions/group/business-time.ts';
import { longTermCustomer } from '../support/customers.ts';
import { ofOrder } from '../support/of-order.ts';
import { headStartOf, World } from '../support/world.ts';
import { appointment, CUSTOMER, closedOrder, due, STORE, TODAY } from './first-service-facts.ts';

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY, headStartOf(0));
});
beforeEach(() => world.reset(TODAY));
afterEach(async () => {
  expect(world.deadLetters).toEqual([]);
  expect(await world.refusals()).toEqual([]);
});
afterAll(() => world.close());

const SURVIVOR = 'K-9';
const survivor = { ...due.customer, customerNumber: SURVIVOR };
const isDue = (customer: object = due.customer) => world.put('first-service-due', { ...due, customer });
const merge = () =>
  world.put('customer-changed', {
    storeId: STORE,
    occurredAt: TODAY,
    customer: { customerNumber: SURVIVOR, firstName: 'Maria', lastName: 'Kowalski' },
    replaces: [due.customer.customerNumber],
  });
const visits = async () =>
  (await world.tasks('first-service-visit')).filter(({ facts }) => facts.due !== undefined);

describe('the first service of a customer whose numbers were merged', () => {
  it.each([
    ['told under the old number, then the new one', due.customer, survivor],
    ['told under the new number, then the old one', survivor, due.customer],
  ])('is one handoff, and one invitation: %s', async (_, first, second) => {
    await isDue(first);
    await merge();
    await isDue(second);
    expect(await visits()).toHaveLength(1);
    expect(world.inbox(CUSTOMER)).toHaveLength(1);
  });

  it('is two handoffs where the two numbers are two customers', async () => {
    await isDue();
    await isDue({ ...survivor, email: 'adam@example.com' });
    expect(await visits()).toHaveLength(2);
  });

  it('is booked by an appointment under the new number', async () => {
    await isDue();
    await merge();
    await world.put('service-appointment-booked', appointment({ customerNumber: SURVIVOR }));
    const [visit] = await visits();
    expect(visit?.facts.appointments).toMatchObject([{ appointmentNumber: 'A-1', status: 'booked' }]);
  });

  it('is not booked by the appointment of a stranger with the car', async () => {
    await isDue();
    await world.put('service-appointment-booked', appointment({ customerNumber: SURVIVOR }));
    const [visit] = await visits();
    expect(visit?.facts.appointments).toEqual([]);
  });

  it('ends by a visit under the new number', async () => {
    await isDue();
    await merge();
    world.now = '2026-12-01T21:00:00.000Z';
    await world.put('service-visit-completed', closedOrder({ customer: survivor, odometerMiles: 5900 }));
    const [visit] = await visits();
    expect(visit).toMatchObject({ state: 'completed', ended: { outcome: 'visited' } });
  });
});

it('a customer of whom Sales was told under the old number is left in peace under the new one, with another car', async () => {
  await world.reset('2026-11-20T18:00:00.000Z');
  await longTermCustomer(world);
  await world.putSample('repair-quote-high');
  expect(world.inbox('dana.whitehorse@lakeshore.example')).toHaveLength(1);
  await world.put('customer-changed', {
    storeId: 'lakeshore-honda',
    occurredAt: world.now,
    customer: { customerNumber: SURVIVOR, firstName: 'Robert', lastName: 'Okafor' },
    replaces: ['51874'],
  });
  await world.putSample('repair-quote-high', {
    roNumber: '999',
    customer: { customerNumber: SURVIVOR, firstName: 'Robert', lastName: 'Okafor' },
    vehicle: { vin: '1HGCM82633A004352', year: 2015, make: 'Honda', model: 'Pilot', odometerMiles: 124_310 },
  });
  const order = (await world.tasks('repair-options')).find(ofOrder('999'));
  expect(order?.assessment?.suppressions.map(({ name }) => name)).toContain('nudged-recently');
});

describe('a deal that is told again under the number that stays', () => {
  const sell = (customer: object, minutes: number) =>
    world.putSample('vehicle-sold', {
      ...{ occurredAt: plusMinutes(TODAY, minutes - 60), deliveryAt: undefined },
      ...{ customer, vehicle: due.vehicle },
    });
  const told = () => isDue();

  it.each([
    ['after the merge', [merge, () => sell(survivor, 2)]],
    ['before it', [() => sell(survivor, 2), merge]],
  ])('does not end the first service as if the car were sold on: %s', async (_, facts) => {
    await sell(due.customer, 1);
    await told();
    for (const fact of facts) await fact();
    expect(await visits()).toMatchObject([{ state: 'open' }]);
  });

  it('ends it where the number is somebody else’s', async () => {
    await sell(due.customer, 1);
    await told();
    await sell({ customerNumber: 'K-77', firstName: 'Omar', lastName: 'Reyes' }, 2);
    expect(await visits()).toMatchObject([{ state: 'cancelled', ended: { outcome: 'sold on' } }]);
  });
});
