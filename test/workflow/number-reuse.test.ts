import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import quoted from '../../samples/repair-quote-high.json' with { type: 'json' };
import visited from '../../samples/service-visit-completed.json' with { type: 'json' };
import sale from '../../samples/vehicle-sold.json' with { type: 'json' };
import { World } from '../support/world.ts';
import { choose, linkTo } from './answer-visitor.ts';

const NOW = '2026-11-20T22:40:00.000Z';
const MARIA = 'maria.kowalski@example.com';
const OMAR = 'omar.haddad@example.com';
const ADVISOR = 'maya.torres@lakeshore.example';
const SELLER = 'jordan.blake@lakeshore.example';

let world: World;
beforeAll(async () => {
  world = await World.open(NOW);
});
beforeEach(() => world.reset(NOW));
afterAll(() => world.close());

const omar = { customerNumber: 'C-9', firstName: 'Omar', lastName: 'Haddad', email: OMAR };
const sold = (change: object = {}) =>
  world.put('vehicle-sold', { ...sale.detail, occurredAt: world.now, deliveryAt: world.now, ...change });
const soldToOmar = (change: object = {}) =>
  sold({ customer: omar, vehicle: { vin: '4S4BTGND8V3100001' }, ...change });
const introductions = async () =>
  (await world.tasks('service-introduction')).map(({ use, state, ended, facts }) => ({
    use,
    state,
    ended: ended?.outcome,
    customer: facts.sold?.customer.customerNumber,
  }));
const firstServices = async () =>
  (await world.tasks('first-service-visit')).map(({ subject, state }) => ({
    of: subject.customerNumber,
    state,
  }));
const to = (address: string) => world.inbox(address).map(({ subject }) => subject);

describe('a deal number that comes back for another customer and another car', () => {
  it('begins a handoff of its own after the first one is done, and leaves the first one as it was', async () => {
    await sold();
    const link = linkTo(world, ADVISOR);
    await choose(world, link, 'introduced-in-person');
    world.now = '2027-01-05T18:00:00.000Z';
    await soldToOmar();
    expect(to(OMAR)).toEqual([]);
    await world.acceptIntroductions();
    expect(await introductions()).toEqual(
      expect.arrayContaining([
        { use: undefined, state: 'completed', ended: 'introduced-in-person', customer: 'C-20417' },
        { use: 2, state: 'accepted', ended: undefined, customer: 'C-9' },
      ]),
    );
    expect(to(OMAR)).toHaveLength(1);
  });

  it('still brings the first customer their first service', async () => {
    await sold();
    await choose(world, linkTo(world, ADVISOR), 'introduced-in-person');
    world.now = '2027-01-05T18:00:00.000Z';
    await soldToOmar();
    world.now = '2027-04-15T18:00:00.000Z';
    await world.advance(7 * 24 * 60);
    expect((await world.tasks('first-service-visit')).map(({ subject }) => subject.customerNumber)).toContain(
      'C-20417',
    );
  });

  it('ends a handoff that is still open, and its people are told why', async () => {
    await sold();
    world.now = '2026-11-21T18:00:00.000Z';
    await soldToOmar();
    expect(await introductions()).toContainEqual(
      expect.objectContaining({ customer: 'C-20417', ended: 'number used again' }),
    );
    expect(
      world
        .inbox(ADVISOR)
        .map(({ text }) => text)
        .join('\n'),
    ).toContain('the deal number now belongs to another customer and car');
  });

  it('is unwound by itself: the deal that had the number before stays', async () => {
    await sold();
    await choose(world, linkTo(world, ADVISOR), 'introduced-in-person');
    world.now = '2027-01-05T18:00:00.000Z';
    await soldToOmar();
    world.now = '2027-01-06T18:00:00.000Z';
    const { storeId, dealNumber } = sale.detail;
    await world.put('deal-unwound', { storeId, dealNumber, occurredAt: world.now });
    expect(await introductions()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ customer: 'C-20417', state: 'completed' }),
        expect.objectContaining({ customer: 'C-9', state: 'cancelled' }),
      ]),
    );
  });

  it('introduces nobody where it was unwound, also if that is told before the sale', async () => {
    await sold();
    world.now = '2027-01-06T18:00:00.000Z';
    const { storeId, dealNumber } = sale.detail;
    const about = { customerNumber: 'C-9', vin: '4S4BTGND8V3100001' };
    await world.put('deal-unwound', { storeId, dealNumber, ...about, occurredAt: world.now });
    await soldToOmar({ occurredAt: '2027-01-05T18:00:00.000Z' });
    expect(await introductions()).toContainEqual(
      expect.objectContaining({ customer: 'C-9', state: 'cancelled' }),
    );
    expect(to(OMAR)).toEqual([]);
  });

  it('is refused aloud where the earlier deal is told after the later one', async () => {
    await soldToOmar();
    await sold({ occurredAt: '2026-11-19T18:00:00.000Z' });
    expect((await world.refusals()).map(({ reason }) => reason)).toEqual([
      expect.stringContaining("dealNumber: expected the customer or the car of '48211'"),
    ]);
  });

  it('is refused aloud where only the later deal’s unwinding is known: it unwinds nobody else’s', async () => {
    const { storeId, dealNumber } = sale.detail;
    const about = { customerNumber: 'C-9', vin: '4S4BTGND8V3100001' };
    await world.put('deal-unwound', { storeId, dealNumber, ...about, occurredAt: world.now });
    await sold({ occurredAt: '2026-11-20T18:00:00.000Z' });
    expect(await introductions()).toEqual([expect.objectContaining({ state: 'awaited' })]);
    expect((await world.refusals()).map(({ reason }) => reason)).toEqual([
      expect.stringContaining("dealNumber: expected the customer or the car of '48211'"),
    ]);
  });

  it('leaves that refusal on the list when the later deal is corrected: it is about another customer', async () => {
    await soldToOmar();
    await sold({ occurredAt: '2026-11-19T18:00:00.000Z' });
    world.now = '2026-11-21T18:00:00.000Z';
    await soldToOmar();
    expect(await world.refusals()).toHaveLength(1);
  });

  it('is a correction where the customer or the car stays the same', async () => {
    await sold();
    await soldToOmarInstead();
    expect(await introductions()).toHaveLength(1);
  });
});

/** Only the customer was another one: a deal entered under the wrong number. */
const soldToOmarInstead = (change: object = {}) =>
  sold({ customer: omar, occurredAt: '2026-11-20T22:40:00.000Z', revision: 2, ...change });

describe('a deal that turns out to be another customer\u2019s', () => {
  it('introduces that customer, and tells the advisor and the salesperson what changed', async () => {
    // What is corrected leaves now; that the first customer was accepted comes in a list.
    world.showsLists = true;
    await sold();
    await world.acceptIntroductions();
    const before = world.inbox().length;
    await soldToOmarInstead();
    const sent = world.inbox().slice(before);
    expect(sent.map(({ to }) => to)).toEqual([OMAR, ADVISOR, SELLER]);
    for (const { subject, text } of sent.slice(1)) {
      expect(subject).toMatch(/^Corrected: .*Omar Haddad/);
      expect(text).toContain('deal 48211 is another customer\u2019s');
    }
  });

  it('sends the former customer nothing more, also where staff had entered their address', async () => {
    await sold({ customer: { ...sale.detail.customer, email: undefined } });
    await choose(world, linkTo(world, ADVISOR), 'customer-email', { email: MARIA });
    const before = to(MARIA).length;
    await soldToOmarInstead();
    await world.advance(24 * 60);
    expect(to(MARIA)).toHaveLength(before);
    expect(to(OMAR)).toHaveLength(1);
  });

  it('leaves the former customer no first service to be invited to', async () => {
    await sold();
    const { vin } = sale.detail.vehicle;
    await world.putSample('first-service-due', {
      ...{ occurredAt: world.now, dueOn: '2026-11-28', customer: sale.detail.customer },
      vehicle: { ...sale.detail.vehicle, vin },
      dealNumber: sale.detail.dealNumber,
    });
    await soldToOmarInstead();
    expect(await firstServices()).toContainEqual({ of: 'C-20417', state: 'cancelled' });
  });

  it('is told once where it is sent again', async () => {
    await sold();
    await soldToOmarInstead();
    const before = world.inbox().length;
    await soldToOmarInstead();
    expect(world.inbox()).toHaveLength(before);
  });
});

describe('a repair order number that comes back for another customer and another car', () => {
  const { storeId, roNumber } = quoted.detail;
  const quote = (change: object = {}) =>
    world.put('repair-quoted', { ...quoted.detail, occurredAt: world.now, ...change });
  const other = { customer: omar, vehicle: { ...quoted.detail.vehicle, vin: '5J6RM4H77FL000009' } };
  const sheets = async () =>
    (await world.tasks('repair-options'))
      .map(({ use, state }) => ({ use, state }))
      .toSorted((a, b) => (a.use ?? 1) - (b.use ?? 1));

  it('has a sheet of its own, and is voided by itself', async () => {
    await quote();
    await world.put('repair-order-voided', { storeId, roNumber, occurredAt: world.now });
    world.now = '2027-04-20T18:00:00.000Z';
    await quote(other);
    expect(await sheets()).toEqual([
      { use: undefined, state: 'cancelled' },
      { use: 2, state: 'open' },
    ]);
    world.now = '2027-04-20T19:00:00.000Z';
    await world.put('repair-order-voided', { storeId, roNumber, occurredAt: world.now });
    expect(await sheets()).toEqual([
      { use: undefined, state: 'cancelled' },
      { use: 2, state: 'cancelled' },
    ]);
  });

  it('is not closed by the visit of its next customer, which finds that customer’s quote', async () => {
    const visit = { ...visited.detail, storeId, roNumber, occurredAt: world.now, closedOn: '2026-11-20' };
    await world.put('service-visit-completed', { ...visit, ...other });
    await quote({ occurredAt: '2026-11-20T20:00:00.000Z' });
    expect((await world.refusals()).map(({ reason }) => reason)).toEqual([
      expect.stringContaining("roNumber: expected the customer or the car of '77120'"),
    ]);
    await quote({ ...other, occurredAt: '2026-11-20T21:00:00.000Z' });
    expect(await sheets()).toEqual([{ use: undefined, state: 'history' }]);
    await world.put('service-visit-completed', { ...visit, ...other });
    expect(world.inbox()).toEqual([]);
  });

  it('is a correction that the advisor is told of where only the customer is another one', async () => {
    await quote();
    const before = world.inbox().length;
    const { vehicle } = quoted.detail;
    await quote({ customer: omar, vehicle, revision: 2 });
    expect(await sheets()).toEqual([{ use: undefined, state: 'open' }]);
    const sent = world.inbox().slice(before);
    expect(sent.map(({ text }) => text).join('\n')).toContain('whose order it is: another customer');
  });
});
