import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import quoted from '../../samples/repair-quote-high.json' with { type: 'json' };
import { World } from '../support/world.ts';
import { closedOrder, due, TODAY } from './first-service-facts.ts';

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY);
});
beforeEach(() => world.reset(TODAY));
afterEach(async () => expect(await world.refusals()).toEqual([]));
afterAll(() => world.close());

const visitsOf = async (vin: string) => world.services().history.readCar(vin, TODAY.slice(0, 10));
const { customerNumber: _none, ...cash } = quoted.detail.customer;

describe('an order of a cash customer, without a customer number', () => {
  it('is a visit of its car', async () => {
    const { customerNumber: _number, ...customer } = due.customer;
    const order = closedOrder({ customer, occurredAt: TODAY, closedOn: '2026-11-20' });
    await world.put('service-visit-completed', order);
    await world.put('service-visit-completed', { ...order, customer: { ...customer, customerNumber: null } });
    expect(await visitsOf(due.vehicle.vin)).toMatchObject([{ roNumber: '9001' }]);
    expect(world.ours.map(({ 'detail-type': type }) => type)).not.toContain('handoff-event-warned');
  });

  it('joins no two customers', async () => {
    const visit = (roNumber: string, lastName: string, vin: string) =>
      world.put(
        'service-visit-completed',
        closedOrder({
          ...{ roNumber, occurredAt: TODAY, closedOn: '2026-11-20' },
          ...{ customer: { lastName }, vehicle: { vin } },
        }),
      );
    await visit('1', 'Kowalski', due.vehicle.vin);
    await visit('2', 'Haddad', '1HGCM82633A004352');
    const [one, other] = [await visitsOf(due.vehicle.vin), await visitsOf('1HGCM82633A004352')];
    expect(one[0]?.customerNumber).not.toBe(other[0]?.customerNumber);
  });

  it('has its sheet for the advisor when the repair is high', async () => {
    await world.put('repair-quote-high', { ...quoted.detail, occurredAt: TODAY, customer: cash });
    expect(await world.tasks('repair-options')).toMatchObject([{ state: 'open' }]);
    expect(
      world
        .inbox('sam.delgado@lakeshore.example')
        .map(({ text }) => text)
        .join(),
    ).not.toContain('nobody-');
  });
});
