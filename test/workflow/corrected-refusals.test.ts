import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keepDeadLetter } from '../../functions/lambdas/keep-dead-letters/keep-dead-letters.ts';
import { refuseUnknownEvent } from '../../functions/lambdas/refuse-unknown-event/refuse-unknown-event.ts';
import { receiveEvents } from '../../functions/runtime/on-events.ts';
import asked from '../../samples/customer-asked-about-car.json' with { type: 'json' };
import quoted from '../../samples/repair-quoted.json' with { type: 'json' };
import visit from '../../samples/service-visit-completed.json' with { type: 'json' };
import sold from '../../samples/vehicle-sold.json' with { type: 'json' };
import { uses } from '../kinds/all-uses.ts';
import { lambdaContext } from '../support/lambda-context.ts';
import { World } from '../support/world.ts';

const MORNING = '2026-11-20T23:00:00.000Z';

let world: World;
beforeAll(async () => {
  world = await World.open(MORNING);
});
afterAll(() => world.close());
beforeEach(() => world.reset(MORNING));

const badDeal = { ...sold.detail, dealType: 'barter' };
const later = (occurredAt: string) => new Date(Date.parse(occurredAt) + 60_000).toISOString();
const earlier = (occurredAt: string) => new Date(Date.parse(occurredAt) - 60_000).toISOString();
const minutesPass = (minutes: number) => {
  world.now = new Date(Date.parse(world.now) + minutes * 60_000).toISOString();
};
const refusedNumbers = async () =>
  (await world.refusals()).map(({ detail }) => /"(?:deal|ro)Number":"(\w+)"/.exec(String(detail))?.[1]);

describe('an event that was refused for the id of its store', () => {
  it.each([
    ['a mistyped one', 'lakeshore-sbaru'],
    ['the name of the store', 'Lakeshore Subaru'],
    ['none', undefined],
  ])('leaves the list when the same deal comes under the right one: %s', async (_says, storeId) => {
    await world.put('vehicle-sold', { ...sold.detail, storeId });
    expect(await refusedNumbers()).toEqual(['48211']);
    minutesPass(5);
    await world.put('vehicle-sold', sold.detail);
    expect(await world.refusals()).toEqual([]);
  });

  it('stays when a deal of that number is another customer’s: it may be of any store', async () => {
    await world.put('vehicle-sold', { ...sold.detail, storeId: 'lakeshore-sbaru' });
    minutesPass(5);
    await world.put('vehicle-sold', {
      ...sold.detail,
      customer: { ...sold.detail.customer, customerNumber: 'C-9' },
    });
    expect(await refusedNumbers()).toEqual(['48211']);
  });
});

describe('an event that was refused', () => {
  beforeEach(async () => {
    await world.put('vehicle-sold', badDeal);
    minutesPass(5);
    expect(await refusedNumbers()).toEqual(['48211']);
  });

  it('leaves the list of dead letters when its sender sends the deal again as it should be', async () => {
    await world.put('vehicle-sold', sold.detail);
    expect(await world.refusals()).toEqual([]);
  });

  it('leaves the list with all that was refused of the deal before', async () => {
    await world.put('vehicle-sold', { ...badDeal, vehicle: 'a Subaru' });
    await world.put('vehicle-sold', { ...sold.detail, occurredAt: later(sold.detail.occurredAt) });
    expect(await world.refusals()).toEqual([]);
  });

  it('stays when it is refused once more', async () => {
    await world.put('vehicle-sold', badDeal);
    expect(await refusedNumbers()).toEqual(['48211', '48211']);
  });

  it.each([
    ['another deal is sold', { dealNumber: '48212' }],
    ['another store sells a deal of that number', { storeId: 'lakeshore-honda' }],
  ])('stays when %s', async (_says, change) => {
    await world.put('vehicle-sold', { ...sold.detail, ...change });
    expect(await refusedNumbers()).toEqual(['48211']);
  });

  it('stays when the deal is unwound: the sale is still unknown', async () => {
    const { storeId, dealNumber } = sold.detail;
    await world.put('deal-unwound', { storeId, dealNumber, occurredAt: later(sold.detail.occurredAt) });
    expect(await refusedNumbers()).toEqual(['48211']);
  });
});

describe('a refused correction', () => {
  beforeEach(async () => {
    await world.put('vehicle-sold', sold.detail);
    minutesPass(5);
    await world.put('vehicle-sold', { ...badDeal, occurredAt: later(sold.detail.occurredAt) });
    expect(await refusedNumbers()).toEqual(['48211']);
  });

  it('stays when the bus delivers the first version once more', async () => {
    await world.redeliver(0);
    expect(await refusedNumbers()).toEqual(['48211']);
  });

  it('stays when an older version of the deal comes from the archive, sent anew', async () => {
    minutesPass(5);
    await world.put('vehicle-sold', sold.detail);
    expect(await refusedNumbers()).toEqual(['48211']);
  });

  it('stays when its instant comes with a lower revision', async () => {
    const occurredAt = later(later(sold.detail.occurredAt));
    await world.put('vehicle-sold', { ...badDeal, occurredAt, revision: 2 });
    minutesPass(5);
    await world.put('vehicle-sold', { ...sold.detail, occurredAt, revision: 1 });
    expect(await refusedNumbers()).toEqual(['48211']);
    await world.put('vehicle-sold', { ...sold.detail, occurredAt, revision: 2 });
    expect(await refusedNumbers()).toEqual([]);
  });

  it('leaves the list when the correction comes as it should be', async () => {
    minutesPass(5);
    await world.put('vehicle-sold', { ...sold.detail, occurredAt: later(later(sold.detail.occurredAt)) });
    expect(await world.refusals()).toEqual([]);
  });
});

describe('what makes up for it', () => {
  it('may be the same quote under its other name', async () => {
    await world.put('repair-quote-high', { ...quoted.detail, customer: 'Maria' });
    expect(await world.refusals()).toHaveLength(1);
    await world.put('repair-quoted', quoted.detail);
    expect(await world.refusals()).toEqual([]);
  });

  it('may be the event under the name that was meant', async () => {
    const detail = { ...visit.detail, occurredAt: MORNING, closedOn: '2026-11-20' };
    const event = { id: 'event-mistyped', source: 'dms.test', detailType: 'RepairOrder Closed', detail };
    await refuseUnknownEvent(world.services(), { ...event, time: undefined });
    expect(await world.refusals()).toHaveLength(1);
    await world.put('service-visit-completed', detail);
    expect(await world.refusals()).toEqual([]);
  });
});

describe('an event that functions failed on', () => {
  const FIRST = 'event-1';
  const again = { ...sold.detail, occurredAt: later(sold.detail.occurredAt) };
  const failed = async (functionName: string) => {
    const time = `${world.now.slice(0, 19)}Z`;
    const about = { source: sold.source, 'detail-type': 'vehicle-sold', time, detail: sold.detail };
    const requestPayload = { id: FIRST, ...about };
    const functionArn = `arn:aws:lambda:us-east-1:1:function:${functionName}:$LATEST`;
    const requestContext = { functionArn, approximateInvokeCount: 3 };
    const body = JSON.stringify({ requestContext, requestPayload });
    await keepDeadLetter(world.services(), { messageId: 'm-1', body, messageAttributes: {} });
  };
  const functionsLeft = async () => (await world.refusals()).map(({ functionName }) => functionName);
  const handled = (id: string, functionName: string) => {
    const time = `${world.now.slice(0, 19)}Z`;
    const event = { id, source: sold.source, 'detail-type': 'vehicle-sold', time, detail: sold.detail };
    return receiveEvents(() => world.services('introduce-service'), uses)(event, {
      ...lambdaContext,
      functionName,
    });
  };
  beforeEach(async () => {
    for (const name of ['introduce-service', 'keep-customers']) await failed(name);
  });

  it('is kept once for each function, however often the queue hands it over', async () => {
    await failed('keep-customers');
    expect(await functionsLeft()).toEqual(['introduce-service', 'keep-customers']);
  });

  it('leaves the list with each of them when a later version of the deal comes', async () => {
    minutesPass(5);
    await world.put('vehicle-sold', again);
    expect(await world.refusals()).toEqual([]);
  });

  it('leaves it for the function that handled it in the end, and stays for the other, which still lacks it', async () => {
    await handled(FIRST, 'introduce-service');
    expect(await functionsLeft()).toEqual(['keep-customers']);
  });

  it.each([
    ['an older version comes late', { occurredAt: earlier(sold.detail.occurredAt) }],
    ['another version of the same instant comes: what it says may not win', { note: 'Call first' }],
  ])('stays when %s', async (_says, change) => {
    await world.put('vehicle-sold', { ...sold.detail, ...change });
    expect(await functionsLeft()).toEqual(['introduce-service', 'keep-customers']);
  });

  it('stays when its number comes back for another customer: theirs is still unknown', async () => {
    minutesPass(5);
    const customer = { ...sold.detail.customer, customerNumber: 'C-9' };
    await world.put('vehicle-sold', { ...again, customer });
    expect(await functionsLeft()).toEqual(['introduce-service', 'keep-customers']);
  });
});

it('a bad event that two functions refuse is one: put back on the bus, it reaches both again', async () => {
  const event = {
    ...{ id: 'event-1', source: sold.source, 'detail-type': 'vehicle-sold', time: '2026-11-20T22:59:00Z' },
    detail: { ...sold.detail, dealNumber: '' },
  };
  for (const functionName of ['introduce-service', 'keep-customers']) {
    const handle = receiveEvents(() => world.services('introduce-service'), uses);
    expect(await handle(event, { ...lambdaContext, functionName })).toEqual({ outcome: 'refused' });
  }
  expect((await world.refusals()).map(({ id }) => id)).toEqual(['event-1']);
});

it('a customer’s refused question stays when another asks about the same car', async () => {
  await world.put('customer-asked-about-car', { ...asked.detail, occurredAt: 'today' });
  expect(await world.refusals()).toHaveLength(1);
  minutesPass(5);
  const customer = { firstName: 'Omar', lastName: 'Reyes', email: 'omar.reyes@example.com' };
  await world.put('customer-asked-about-car', { ...asked.detail, customer, occurredAt: world.now });
  expect(await world.refusals()).toHaveLength(1);
  await world.put('customer-asked-about-car', { ...asked.detail, occurredAt: world.now });
  expect(await world.refusals()).toEqual([]);
});
