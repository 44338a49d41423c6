import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import sample from '../../samples/repair-quote-high.json' with { type: 'json' };
import { longTermCustomer } from '../support/customers.ts';
import { headStartOf, World } from '../support/world.ts';

const TODAY = '2026-11-20T18:00:00.000Z';
const SALES = 'dana.whitehorse@lakeshore.example';
const { storeId, roNumber } = sample.detail;

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY, headStartOf(30));
});
beforeEach(async () => {
  await world.reset(TODAY);
  await longTermCustomer(world);
});
afterAll(() => world.close());

const at = (minute: number) => `2026-11-20T17:${String(minute).padStart(2, '0')}:00Z`;
const quoted = (minute: number) =>
  world.put('repair-quote-high', { ...sample.detail, occurredAt: at(minute) });
const gone = (minute: number) =>
  world.put('repair-order-no-longer-open', { storeId, roNumber, occurredAt: at(minute) });
const order = async () => {
  const [task] = await world.tasks('repair-options');
  return { state: task?.state, outcome: task?.ended?.outcome };
};

describe('an order that is gone from the list of open ones', () => {
  it('ends its repair options, and the history counts no visit', async () => {
    await quoted(10);
    expect((await order()).state).toBe('open');
    const before = (await world.items('order')).length;
    await gone(20);
    expect(await order()).toEqual({ state: 'completed', outcome: 'order closed' });
    expect(await world.items('order')).toHaveLength(before);
  });

  it('is not told to Sales afterwards', async () => {
    await quoted(10);
    await gone(20);
    await world.advance(60);
    expect(world.inbox(SALES)).toEqual([]);
  });

  it('is open again once it is quoted later', async () => {
    await quoted(10);
    await gone(20);
    await quoted(30);
    expect((await order()).state).toBe('open');
  });

  it('stays open where the quote is the later word, whichever comes first', async () => {
    await gone(5);
    await quoted(10);
    expect((await order()).state).toBe('open');
    await gone(8);
    expect((await order()).state).toBe('open');
  });

  it('begins nothing where it was gone before its quote came', async () => {
    await gone(20);
    await quoted(10);
    expect((await order()).state).toBe('history');
  });

  it('keeps what it says when the visit itself is told later', async () => {
    await quoted(10);
    await gone(20);
    const { customer, vehicle } = sample.detail;
    await world.putSample('service-visit-completed', {
      ...{ storeId, roNumber, customer, vehicle, occurredAt: at(15), closedOn: '2026-11-20' },
    });
    expect(await order()).toEqual({ state: 'completed', outcome: 'order closed' });
  });
});
