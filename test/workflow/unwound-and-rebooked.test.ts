import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plusMinutes } from '../../functions/group/business-time.ts';
import { World } from '../support/world.ts';
import { CUSTOMER, due, STORE, TODAY } from './first-service-facts.ts';

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY);
});
beforeEach(() => world.reset(TODAY));
afterAll(() => world.close());

const at = (minutes: number) => plusMinutes(TODAY, minutes);
const comesDue = (dealNumber: string, minutes: number) => () =>
  world.put('first-service-due', { ...due, dealNumber, occurredAt: at(minutes) });
const unwind = (dealNumber: string, minutes: number) => () =>
  world.put('deal-unwound', {
    ...{ storeId: STORE, dealNumber, occurredAt: at(minutes), reason: `no loan for ${dealNumber}` },
    ...{ vin: due.vehicle.vin, customerNumber: due.customer.customerNumber },
  });
/** Unwound, written again under another number, and unwound again. */
const story = [comesDue('100', 0), unwind('100', 1), comesDue('101', 2), unwind('101', 3)] as const;

function* ordersOf<T>(facts: readonly T[]): Generator<readonly T[]> {
  if (facts.length < 2) yield facts;
  else
    for (const [at, first] of facts.entries())
      for (const others of ordersOf(facts.toSpliced(at, 1))) yield [first, ...others];
}

async function ends(facts: readonly (() => Promise<void>)[]) {
  await world.reset(TODAY);
  world.now = at(10);
  for (const fact of facts) await fact();
  const [visit] = await world.tasks('first-service-visit');
  return { state: visit?.state, deal: visit?.facts.due?.dealNumber };
}

describe('a deal that is unwound and written again under another number', () => {
  it('brings its customer to the first service, in whatever order that comes', async () => {
    for (const facts of ordersOf(story.slice(0, 3)))
      expect(await ends(facts)).toEqual({ state: 'open', deal: '101' });
  });

  it('brings nobody once it is unwound again, in whatever order that comes', async () => {
    for (const facts of ordersOf(story)) expect(await ends(facts)).toMatchObject({ state: 'cancelled' });
  });

  it('says why the later deal was unwound, not the earlier one', async () => {
    const [comes, unwound, comesAgain, unwoundAgain] = story;
    await ends([comes, unwound, comesAgain]);
    // Nobody is told of the end of what no list has told them of.
    await world.untilListsLeft();
    await unwoundAgain();
    const closed = world.inbox().findLast(({ to }) => to !== CUSTOMER);
    expect(closed?.text).toContain('no loan for 101');
    expect(closed?.text).not.toContain('no loan for 100');
  });
});

describe('those who follow the bus', () => {
  const types = () =>
    world.ours.map((event) => event['detail-type']).filter((type) => type.startsWith('handoff-task-'));

  it('hear of a deal that is written again that its handoff is open again, and of no second one', async () => {
    await world.putSample('vehicle-sold');
    await world.put('deal-unwound', {
      ...{ storeId: 'lakeshore-subaru', dealNumber: '48211', occurredAt: plusMinutes(world.now, 1) },
      reason: 'no loan',
    });
    world.now = plusMinutes(world.now, 10);
    await world.putSample('vehicle-sold', { occurredAt: plusMinutes(world.now, -1) });
    const ofSale = world.ours.filter(({ detail }) => JSON.stringify(detail).includes('service-introduction'));
    expect(types()).toEqual(['handoff-task-created', 'handoff-task-cancelled', 'handoff-task-reopened']);
    expect(ofSale.at(-1)?.detail).toMatchObject({ state: 'open', reason: 'reinstated' });
  });

  it('hear of a handoff that nobody had before as of a new one', async () => {
    await world.put('deal-unwound', {
      ...{ storeId: 'lakeshore-subaru', dealNumber: '48211', occurredAt: plusMinutes(world.now, -10) },
      reason: 'no loan',
    });
    await world.putSample('vehicle-sold', { occurredAt: world.now });
    expect(types()).toEqual(['handoff-task-created']);
  });
});
