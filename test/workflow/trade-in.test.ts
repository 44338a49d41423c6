import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plusDays, plusMinutes } from '../../functions/group/business-time.ts';
import quoted from '../../samples/repair-quote-high.json' with { type: 'json' };
import { longTermCustomer } from '../support/customers.ts';
import { ofOrder } from '../support/of-order.ts';
import { headStartOf, World } from '../support/world.ts';
import { due, SELLER, TODAY } from './first-service-facts.ts';

const NEW_CAR = { vin: '1HGCM82633A004352', year: 2027, make: 'Subaru', model: 'Forester' };
const OLD_CAR = due.vehicle;

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY, headStartOf(0));
  world.keepsCustomers = true;
});
beforeEach(() => world.reset(TODAY));
afterEach(() => expect(world.deadLetters).toEqual([]));
afterAll(() => world.close());

const sold = (change: object) =>
  world.putSample('vehicle-sold', {
    ...{ storeId: due.storeId, customer: due.customer, deliveryAt: undefined, occurredAt: world.now },
    ...change,
  });
const first = () => sold({ occurredAt: plusDays(TODAY, -20), vehicle: OLD_CAR });
const tradesIn = (change: object = {}) =>
  sold({ dealNumber: '60001', vehicle: NEW_CAR, tradeIns: [{ vin: OLD_CAR.vin }], ...change });
const isDue = () => world.put('first-service-due', { ...due, occurredAt: plusDays(TODAY, -1) });
const ofOldCar = async () =>
  (await world.tasks('first-service-visit')).find(({ subject }) => subject.vin === OLD_CAR.vin);

describe('a car that its customer trades in', () => {
  const steps = { 'first sale': first, 'first service': isDue, 'trade-in': tradesIn } as const;
  it.each([
    [['first sale', 'first service', 'trade-in']],
    [['first sale', 'trade-in', 'first service']],
    [['trade-in', 'first service', 'first sale']],
    [['first service', 'trade-in', 'first sale']],
  ] as const)('has no first service any more, told in any order: %s', async (order) => {
    for (const step of order) await steps[step]();
    expect(['history', 'cancelled']).toContain((await ofOldCar())?.state);
  });

  it('is told to the salesperson whose list announced the first service, not to the customer', async () => {
    await first();
    await isDue();
    await world.untilListsLeft();
    const told = () =>
      world.inbox(due.customer.email).filter(({ subject }) => /first service/i.test(subject));
    const before = told().length;
    await tradesIn();
    expect(
      world
        .inbox(SELLER)
        .map(({ text }) => text)
        .join(),
    ).toContain('the car was traded in, or sold to somebody else');
    expect(told()).toHaveLength(before);
  });

  it('keeps its first service where the deal is unwound, or another car was traded in after all', async () => {
    const mistakes = [
      () => world.put('deal-unwound', { storeId: due.storeId, dealNumber: '60001', occurredAt: world.now }),
      () => tradesIn({ occurredAt: world.now, tradeIns: [{ vin: '19XFC2F59GE000001' }] }),
    ];
    for (const mend of mistakes) {
      await world.reset(TODAY);
      await first();
      await isDue();
      await tradesIn();
      world.now = plusMinutes(TODAY, 5);
      await mend();
      expect((await ofOldCar())?.state).toBe('open');
    }
  });

  it('keeps the first service of another customer with that car', async () => {
    await isDue();
    await tradesIn({ customer: { customerNumber: 'C-1', lastName: 'Haddad' } });
    expect((await ofOldCar())?.state).toBe('open');
  });

  it('is not on the customer’s card any more', async () => {
    await first();
    await tradesIn();
    const card = await world.services().customers.read(due.storeId, due.customer.customerNumber);
    expect(card?.cars).toMatchObject([{ vin: OLD_CAR.vin, until: '2026-11-20' }, { vin: NEW_CAR.vin }]);
  });

  it('is no longer talked about with Sales', async () => {
    await longTermCustomer(world);
    const { storeId, customer, vehicle } = quoted.detail;
    await world.putSample('repair-quote-high', { occurredAt: world.now });
    expect(await world.tasks('upgrade-conversation')).toMatchObject([{ state: 'open' }]);
    const occurredAt = plusMinutes(TODAY, 1);
    await tradesIn({ storeId, customer, tradeIns: [{ vin: vehicle.vin }], occurredAt });
    expect(await world.tasks('upgrade-conversation')).toMatchObject([{ state: 'completed' }]);
  });
});

describe('two people who bought a car together', () => {
  const { storeId, customer, vehicle } = quoted.detail;
  const ann = { customerNumber: 'ANN', firstName: 'Ann', lastName: 'Reyes' };
  const quote = (change: object = {}) =>
    world.putSample('repair-quote-high', { occurredAt: world.now, ...change });
  const quoteForAnn = () =>
    quote({
      roNumber: '77121',
      customer: ann,
      vehicle: { ...vehicle, vin: NEW_CAR.vin },
      promisedAt: undefined,
    });
  const boughtTogether = (change: object = {}) =>
    world.services().sales.record({
      ...{ storeId, dealNumber: '1', dealType: 'retail', vin: vehicle.vin, soldOn: '2021-04-14' },
      ...{ customerNumber: customer.customerNumber, salespeople: [], occurredAt: '2021-04-14T18:00:00.000Z' },
      ...{ coBuyerNumber: ann.customerNumber, ...change },
    });
  const suppressed = async (order: string) =>
    (await world.tasks('repair-options'))
      .find(ofOrder(order))
      ?.assessment?.suppressions.map(({ name }) => name);
  beforeEach(() => longTermCustomer(world));

  it('are one household: after one, Sales is not told of the other', async () => {
    await boughtTogether();
    await quote();
    expect(await world.tasks('upgrade-conversation')).toHaveLength(1);
    await quoteForAnn();
    expect(await suppressed('77121')).toContain('nudged-recently');
  });

  it('are two customers to Sales where they bought nothing together', async () => {
    await boughtTogether({ coBuyerNumber: undefined });
    await quote();
    await quoteForAnn();
    expect(await suppressed('77121')).not.toContain('nudged-recently');
  });

  it('share nothing else: what one bought is not what the other bought', async () => {
    await boughtTogether({ soldOn: '2026-10-01', isDated: true });
    await quoteForAnn();
    expect(await suppressed('77121')).not.toContain('bought-recently');
  });

  it('are not joined by a number that stands for nobody', async () => {
    await world.putSample('vehicle-sold', { storeId, customer, vehicle, coBuyerNumber: 'CASH' });
    const [sale] = (await world.services().cars.read(vehicle.vin)).sales;
    expect(sale).not.toHaveProperty('coBuyerNumber');
  });
});
