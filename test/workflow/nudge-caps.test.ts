import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { repairOrderVoided } from '../../functions/contracts/repair-order-voided.ts';
import { repairQuoted } from '../../functions/contracts/repair-quoted.ts';
import { upgradeConversationDue } from '../../functions/contracts/upgrade-conversation-due.ts';
import { reviewRepairQuote } from '../../functions/handoffs/repair-options/review-repair-quote.ts';
import { startUpgradeConversation } from '../../functions/handoffs/upgrade-conversation/start-upgrade-conversation.ts';
import { followOrderVoided } from '../../functions/lambdas/follow-dms/follow-dms.ts';
import sample from '../../samples/repair-quote-high.json' with { type: 'json' };
import { longTermCustomer } from '../support/customers.ts';
import { ofOrder } from '../support/of-order.ts';
import { DAY, headStartOf, World } from '../support/world.ts';
import { linkTo, open, plain } from './answer-visitor.ts';

const TODAY = '2026-11-20T18:00:00.000Z';
const SALES = 'dana.whitehorse@lakeshore.example';

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY, headStartOf(0));
});
beforeEach(() => world.reset(TODAY));
afterAll(() => world.close());

const nudges = () => world.inbox(SALES).filter(({ subject }) => subject.includes('may be ready'));
const talks = () => world.tasks('upgrade-conversation');
const quote = (change: object) => repairQuoted.schema.parse({ ...sample.detail, ...change });
const due = (roNumber: string, askedBy = 'assessment') =>
  upgradeConversationDue.schema.parse({ storeId: 'lakeshore-honda', occurredAt: TODAY, roNumber, askedBy });

/** Somebody else of the same salesperson, with as many visits: another customer, car and address. */
async function anotherCustomer(at: number): Promise<object> {
  const customer = { ...sample.detail.customer, customerNumber: `6000${at}`, email: `c${at}@example.com` };
  const vehicle = { ...sample.detail.vehicle, vin: `5J6RM4H77FL04${5000 + at}` };
  const { history } = world.services();
  for (const closedOn of ['2022-01-10', '2026-02-03', '2026-05-12', '2026-09-08']) {
    await history.record({
      storeId: 'lakeshore-honda',
      roNumber: `${at}-${closedOn}`,
      vin: vehicle.vin,
      customerNumber: customer.customerNumber,
      closedOn,
      customerPayCents: 90_000,
      warrantyCents: 0,
      internalCents: 0,
      declined: [],
      occurredAt: `${closedOn}T20:00:00.000Z`,
    });
  }
  return { roNumber: `9000${at}`, customer, vehicle, customerIs: 'dropped-off' };
}

/** Each invocation has services of its own, as two functions that run at once have. */
const atOnce = (works: readonly ((services: ReturnType<World['services']>) => Promise<unknown>)[]) =>
  Promise.all(works.map((work) => work(world.services())));

describe('the cap of a customer', () => {
  it('is passed by one of two events at once, and what is over it is kept with the reason', async () => {
    await longTermCustomer(world);
    const orders = ['77120', '77999'];
    await atOnce(orders.map((roNumber) => (services) => reviewRepairQuote(services, quote({ roNumber }))));
    await atOnce(orders.map((roNumber) => (services) => startUpgradeConversation(services, due(roNumber))));
    expect(nudges()).toHaveLength(1);
    const held = (await talks()).filter(({ overCap }) => overCap);
    expect(held).toMatchObject([{ state: 'waiting', overCap: { cap: 'customer' } }]);
  });

  it('is one for two numbers that were merged: of two events at once Sales is told of one', async () => {
    await longTermCustomer(world);
    const former = { ...sample.detail.customer, customerNumber: 'OLD-1' };
    const otherCar = { ...sample.detail.vehicle, vin: '5J6RM4H77FL045555' };
    const alone = (customer: object) => ({ ...customer, email: undefined });
    await world.put('customer-changed', {
      ...{ storeId: 'lakeshore-honda', occurredAt: TODAY, replaces: ['OLD-1'] },
      customer: sample.detail.customer,
    });
    const orders = [
      { roNumber: '77120', customer: alone(sample.detail.customer) },
      { roNumber: '77999', customer: alone(former), vehicle: otherCar },
    ];
    await atOnce(orders.map((one) => (services) => reviewRepairQuote(services, quote(one))));
    await atOnce(
      orders.map(
        ({ roNumber }) =>
          (services) =>
            startUpgradeConversation(services, due(roNumber)),
      ),
    );
    expect(nudges()).toHaveLength(1);
  });

  it('holds a household at two stores, by the car or the address', async () => {
    await longTermCustomer(world);
    await world.putSample('repair-quote-high');
    await world.putSample('repair-quote-high', {
      storeId: 'lakeshore-ford',
      roNumber: '5001',
      serviceAdvisorNumber: '3021',
      customer: {
        customerNumber: '7',
        firstName: 'Ada',
        lastName: 'Okafor',
        email: 'robert.okafor@example.com',
      },
    });
    const sheets = await world.tasks('repair-options');
    const suppressed = sheets.flatMap(({ assessment }) => assessment?.suppressions ?? []);
    expect(suppressed.map(({ name }) => name)).toContain('nudged-recently');
    expect(await talks()).toHaveLength(1);
  });

  it('is told of in the summary of the next day, and then rests in the history', async () => {
    await longTermCustomer(world);
    const orders = ['77120', '77999'];
    await atOnce(orders.map((roNumber) => (services) => reviewRepairQuote(services, quote({ roNumber }))));
    await atOnce(orders.map((roNumber) => (services) => startUpgradeConversation(services, due(roNumber))));
    await world.advance(DAY);
    const summary = world.inbox(SALES).find(({ at }) => at > '2026-11-21T00:00');
    expect(summary?.text).toContain('the customer was nudged about lately');
    await world.advance(2 * DAY);
    expect((await talks()).find(({ overCap }) => overCap)).toMatchObject({ state: 'history' });
    expect(nudges()).toHaveLength(1);
  });

  it('never keeps a customer waiting who asks', async () => {
    await longTermCustomer(world);
    await world.putSample('repair-quote-high');
    await world.putSample('repair-quote-high', { roNumber: '77999' });
    const sheets = await world.tasks('repair-options');
    const second = sheets.find(ofOrder('77999'));
    await world.answer(second?.taskId ?? '', { choice: 'open-to-looking' });
    expect((await talks()).map(({ state }) => state)).toEqual(['open', 'open']);
    expect(world.inbox(SALES).some(({ subject }) => subject.includes('is open to looking'))).toBe(true);
  });
});

describe('a talk that nobody was told of', () => {
  it('keeps no silence: the order was voided first, and the next one is talked about', async () => {
    await longTermCustomer(world);
    await reviewRepairQuote(world.services(), quote({}));
    await followOrderVoided(
      world.services(),
      repairOrderVoided.schema.parse({
        storeId: sample.detail.storeId,
        roNumber: '77120',
        occurredAt: TODAY,
      }),
    );
    await world.deliver();
    expect(await talks()).toMatchObject([{ state: 'cancelled' }]);
    await world.putSample('repair-quote-high', { roNumber: '99999' });
    expect(nudges()).toHaveLength(1);
  });
});

describe('the cap of a person', () => {
  const four = async (where: object = {}) => {
    const others = await Promise.all([1, 2, 3, 4].map(anotherCustomer));
    for (const change of others) await reviewRepairQuote(world.services(), quote({ ...change, ...where }));
    return [1, 2, 3, 4].map((at) => `9000${at}`);
  };

  it('is passed by three of four events at once; the fourth comes the next morning, and is in the summary', async () => {
    const orders = await four();
    await atOnce(orders.map((roNumber) => (services) => startUpgradeConversation(services, due(roNumber))));
    expect(nudges()).toHaveLength(3);
    const held = (await talks()).filter(({ state }) => state === 'waiting');
    expect(held).toMatchObject([{ overCap: { cap: 'person', until: '2026-11-21' } }]);
    await world.advance(DAY);
    expect(nudges()).toHaveLength(4);
    const page = await open(world, linkTo(world, SALES, /may be ready/));
    expect(plain(page.body)).toContain('Held back: the person&#39;s nudges of the day are used up');
    const summary = world
      .inbox(SALES)
      .find(({ subject, at }) => at > '2026-11-21T00:00' && !subject.includes('may be'));
    expect(summary).toBeDefined();
  });

  it('keeps no customer waiting in the lounge: the fourth goes to a colleague who has room', async () => {
    const orders = await four({ customerIs: 'waiting' });
    await atOnce(orders.map((roNumber) => (services) => startUpgradeConversation(services, due(roNumber))));
    expect((await talks()).map(({ state }) => state)).toEqual(['open', 'open', 'open', 'open']);
    const colleagues = (await talks()).flatMap(({ assignee }) => assignee?.employeeNumber ?? []);
    expect(colleagues.filter((number) => number === '2051')).toHaveLength(3);
    expect(['2052', '2053']).toContain(colleagues.find((number) => number !== '2051'));
  });

  it('keeps what is over it though the car leaves, as a call for the next day', async () => {
    const orders = await four();
    await atOnce(orders.map((roNumber) => (services) => startUpgradeConversation(services, due(roNumber))));
    const held = (await talks()).find(({ state }) => state === 'waiting');
    await world.putSample('service-visit-completed', {
      storeId: 'lakeshore-honda',
      roNumber: held?.facts.quote?.roNumber,
      vehicle: held?.facts.quote?.vehicle,
      customer: held?.facts.quote?.customer,
      closedOn: '2026-11-20',
    });
    expect((await talks()).filter(({ state }) => state === 'waiting')).toHaveLength(1);
    await world.advance(DAY);
    expect(nudges()).toHaveLength(4);
    expect(nudges().at(-1)?.text).toContain('The car is back with the customer');
  });
});
