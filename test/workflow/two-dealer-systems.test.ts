import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plusDays, plusMinutes } from '../../functions/group/business-time.ts';
import sold from '../../samples/vehicle-sold.json' with { type: 'json' };
import { DAY, World } from '../support/world.ts';
import { CUSTOMER, due, STORE, TODAY } from './first-service-facts.ts';

const USED = 'lakeshore-used';
const THERE = { ...due.customer, customerNumber: 'U-1' };

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY);
  world.keepsCustomers = true;
});
beforeEach(() => world.reset(TODAY));
afterAll(() => world.close());

const isDueHere = (change: object = {}) => world.put('first-service-due', { ...due, ...change });
const isDueThere = (change: object = {}) =>
  world.put('first-service-due', {
    ...{ ...due, storeId: USED, customer: THERE, serviceAt: STORE },
    ...{ salespersonNumber: undefined, serviceAdvisorNumber: undefined, ...change },
  });
const sell = (storeId: string, customer: object, change: object = {}) =>
  world.put('vehicle-sold', {
    ...{ ...sold.detail, storeId, customer, vehicle: due.vehicle, occurredAt: world.now },
    ...{ deliveryAt: undefined, salespeople: [], ...change },
  });
const visits = async () =>
  (await world.tasks('first-service-visit')).filter(({ facts }) => facts.due !== undefined);
const invitations = () => world.inbox(CUSTOMER).filter(({ subject }) => /first service/i.test(subject));

describe('a car that the dealer systems of two stores both know', () => {
  it.each([
    ['the store that services it first', [isDueHere, isDueThere]],
    ['the store that sold it first', [isDueThere, isDueHere]],
  ])('is one first service, and one invitation: %s', async (_, facts) => {
    for (const fact of facts) await fact();
    expect(await visits()).toHaveLength(1);
    expect(invitations()).toHaveLength(1);
  });

  it('is two where two people are meant', async () => {
    await isDueHere();
    await isDueThere({
      customer: { ...THERE, firstName: 'Adam', lastName: 'Nowak', email: 'adam@example.com' },
    });
    expect(await visits()).toHaveLength(2);
  });

  it('keeps the date of its own dealer system, told by the other every night', async () => {
    await isDueHere();
    world.now = plusMinutes(TODAY, 10);
    await isDueThere({ dueOn: '2027-06-01', occurredAt: world.now });
    expect(await visits()).toMatchObject([{ facts: { due: { dueOn: due.dueOn, storeId: STORE } } }]);
  });

  it('sold in both systems on one day, comes for its first service once', async () => {
    await sell(USED, THERE, { dealNumber: 'U-100' });
    await sell(STORE, due.customer, { dealNumber: 'S-100' });
    world.now = plusDays(TODAY, 140);
    await world.advance(30 * DAY);
    expect((await visits()).filter(({ state }) => state === 'open')).toHaveLength(1);
    expect(invitations()).toHaveLength(1);
  });

  it('sold to somebody else at the other store, is no longer the former owner’s', async () => {
    await sell(STORE, due.customer, { dealNumber: 'S-100' });
    await isDueHere();
    world.now = plusDays(TODAY, 3);
    await sell(
      USED,
      { customerNumber: 'U-9', firstName: 'Omar', lastName: 'Reyes' },
      { dealNumber: 'U-100' },
    );
    expect(await visits()).toMatchObject([{ state: 'cancelled', ended: { outcome: 'sold on' } }]);
  });
});
