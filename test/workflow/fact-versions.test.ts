import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isOpen } from '../../functions/handoff/task.ts';
import type { AnyTask } from '../../functions/handoffs/kinds.ts';
import quoted from '../../samples/repair-quote-high.json' with { type: 'json' };
import closed from '../../samples/service-visit-completed.json' with { type: 'json' };
import sale from '../../samples/vehicle-sold.json' with { type: 'json' };
import { World } from '../support/world.ts';

const NOW = '2026-11-20T22:40:00.000Z';
const MORNING = '2026-11-20T15:00:00.000Z';
const NOON = '2026-11-20T18:00:00.000Z';
const CUSTOMER = 'maria.kowalski@example.com';

let world: World;
beforeAll(async () => {
  world = await World.open(NOW);
});
beforeEach(() => world.reset(NOW));
afterAll(() => world.close());

const { email: _email, ...withoutEmail } = sale.detail.customer;
const sold = (change: object = {}, time?: string) =>
  world.put('vehicle-sold', { ...sale.detail, occurredAt: MORNING, ...change }, 'dms.test', time);
const emailsTo = (address: string) => world.inbox(address).map(({ subject }) => subject);
const introduction = async () => (await world.tasks('service-introduction'))[0];

describe('a correction that is dated like the fact itself', () => {
  it('counts if it was sent later: the customer gets the email that the first version had no address for', async () => {
    await sold({ customer: withoutEmail }, '2026-11-20T15:01:00Z');
    await world.acceptIntroductions();
    expect(emailsTo(CUSTOMER)).toEqual([]);
    await sold({}, '2026-11-20T15:02:00Z');
    expect(emailsTo(CUSTOMER)).toHaveLength(1);
  });

  it('stays, when the first version is delivered once more', async () => {
    await sold({ customer: withoutEmail }, '2026-11-20T15:01:00Z');
    await sold({}, '2026-11-20T15:02:00Z');
    await world.redeliver(0);
    expect((await introduction())?.facts.sold?.customer.email).toBe(CUSTOMER);
  });

  it('stays, when the first version comes from the archive before any other is known', async () => {
    await sold({}, '2026-11-20T15:02:00Z');
    await sold({ customer: withoutEmail }, '2026-11-20T15:01:00Z');
    expect((await introduction())?.facts.sold?.customer.email).toBe(CUSTOMER);
  });

  it('counts by its revision, whenever it was sent', async () => {
    await sold({ revision: 2 }, '2026-11-20T15:01:00Z');
    await sold({ revision: 1, customer: withoutEmail }, '2026-11-20T15:02:00Z');
    expect((await introduction())?.facts.sold?.customer.email).toBe(CUSTOMER);
  });

  it('is no correction if it says the same with its attributes in another order, and adds nothing to the story', async () => {
    await sold({}, '2026-11-20T15:01:00Z');
    const before = await introduction();
    const turned = Object.fromEntries(Object.entries({ ...sale.detail, occurredAt: MORNING }).toReversed());
    await world.put('vehicle-sold', turned, 'dms.test', '2026-11-20T15:09:00Z');
    const after = await introduction();
    expect(after?.log).toEqual(before?.log);
    expect(after?.facts.sold?.sentAt).toBe('2026-11-20T15:09:00Z');
  });
});

describe('a deal that is written again under its number after it was unwound', () => {
  const unwound = { storeId: sale.detail.storeId, dealNumber: sale.detail.dealNumber };

  it('is introduced again, and the customer keeps the introduction they have', async () => {
    await sold();
    await world.acceptIntroductions();
    await world.put('deal-unwound', { ...unwound, occurredAt: NOON });
    await world.advance(1);
    const since = world.now;
    await sold({ occurredAt: NOW });
    expect(await introduction()).toMatchObject({ state: 'open', assignee: { employeeNumber: '1042' } });
    await world.acceptIntroductions();
    expect(emailsTo(CUSTOMER)).toHaveLength(1);
    expect(
      world
        .inbox()
        .filter(({ at }) => at >= since)
        .map(({ to }) => to)
        .toSorted(),
    ).toEqual(['jordan.blake@lakeshore.example', 'maya.torres@lakeshore.example']);
  });

  it('stands where the unwinding is told last', async () => {
    await sold({ occurredAt: NOW });
    await world.put('deal-unwound', { ...unwound, occurredAt: NOON });
    expect(await introduction()).toMatchObject({ state: 'open' });
  });

  it('is remembered as a purchase again', async () => {
    const remarks = () =>
      world.services().memory.read({ storeId: sale.detail.storeId, ...sale.detail.customer });
    await sold();
    await world.put('deal-unwound', { ...unwound, occurredAt: NOON });
    expect(await remarks()).toContainEqual(expect.objectContaining({ said: 'bought', takenBack: true }));
    await sold({ occurredAt: NOW });
    expect(await remarks()).not.toContainEqual(expect.objectContaining({ takenBack: true }));
  });

  it('has its first service again', async () => {
    const firstService = { dueOn: '2026-12-10' };
    await sold({ firstService });
    await world.advance(60);
    expect(await world.tasks('first-service-visit')).toMatchObject([{ state: 'open' }]);
    await world.put('deal-unwound', { ...unwound, occurredAt: '2026-11-20T23:00:00.000Z' });
    await sold({ firstService, occurredAt: '2026-11-20T23:10:00.000Z' });
    await world.advance(24 * 60);
    expect(await world.tasks('first-service-visit')).toMatchObject([{ state: 'open' }]);
  });
});

describe('a repair order', () => {
  const order = { storeId: quoted.detail.storeId, roNumber: quoted.detail.roNumber };
  const quote = (change: object) => world.put('repair-quoted', { ...quoted.detail, ...change });
  const { customer, vehicle } = quoted.detail;
  const close = (occurredAt: string) =>
    world.put('service-visit-completed', {
      ...{ ...closed.detail, ...order, customer, vehicle, closedOn: '2026-11-20', occurredAt },
    });
  const sheet = async () => (await world.tasks('repair-options'))[0];

  it('that was voided and is quoted again has its sheet again', async () => {
    await quote({ occurredAt: MORNING });
    await world.put('repair-order-voided', { ...order, occurredAt: NOON });
    expect(await sheet()).toMatchObject({ state: 'cancelled' });
    await quote({ occurredAt: NOW });
    expect(await sheet()).toMatchObject({ state: 'open' });
  });

  it('that was closed and reopened has its sheet again, and is closed by the next closing', async () => {
    await quote({ occurredAt: MORNING });
    await close(NOON);
    await quote({ occurredAt: '2026-11-20T19:00:00.000Z' });
    await close(NOON);
    expect(await sheet()).toMatchObject({ state: 'open' });
    await close('2026-11-20T20:00:00.000Z');
    expect(await sheet()).toMatchObject({ state: 'completed', ended: { outcome: 'order closed' } });
  });

  it('that was closed, then quoted and voided, stays closed when that quote is heard of last', async () => {
    await quote({ occurredAt: MORNING });
    await close(NOON);
    await world.put('repair-order-voided', { ...order, occurredAt: '2026-11-20T20:00:00.000Z' });
    await quote({ occurredAt: '2026-11-20T19:00:00.000Z' });
    expect(await sheet()).toMatchObject({ state: 'completed', ended: { outcome: 'order closed' } });
  });
});

describe('versions of facts', () => {
  const order = { storeId: quoted.detail.storeId, roNumber: quoted.detail.roNumber };
  const visit = {
    ...closed.detail,
    ...order,
    customer: quoted.detail.customer,
    vehicle: quoted.detail.vehicle,
  };
  const appointment = {
    storeId: sale.detail.storeId,
    appointmentNumber: 'A-1',
    vin: sale.detail.vehicle.vin,
    customerNumber: sale.detail.customer.customerNumber,
  };
  const details = {
    'vehicle-sold': [sale.detail, { ...sale.detail, customer: withoutEmail }],
    'deal-unwound': [
      {
        storeId: sale.detail.storeId,
        dealNumber: sale.detail.dealNumber,
        vin: sale.detail.vehicle.vin,
        customerNumber: sale.detail.customer.customerNumber,
      },
    ],
    'repair-quoted': [quoted.detail, { ...quoted.detail, salespersonNumber: '1077' }],
    'repair-order-voided': [order],
    'service-visit-completed': [visit, { ...visit, customerPayCents: 1 }],
    'service-appointment-booked': [
      { ...appointment, startsAt: '2026-12-01T15:00:00.000Z' },
      { ...appointment, startsAt: '2026-12-02T15:00:00.000Z' },
    ],
    'service-appointment-cancelled': [appointment],
  };
  const fact = fc
    .constantFrom(
      ...Object.entries(details).flatMap(([type, all]) => all.map((detail) => ({ type, detail }))),
    )
    .chain(({ type, detail }) =>
      fc.record({
        type: fc.constant(type),
        detail: fc
          .record(
            { occurredAt: fc.constantFrom(MORNING, NOON), revision: fc.constantFrom(1, 2) },
            { requiredKeys: ['occurredAt'] },
          )
          .map((version) => ({ ...detail, ...version })),
        time: fc.constantFrom('2026-11-20T18:01:00Z', '2026-11-20T18:02:00Z'),
      }),
    );

  async function factsAfter(events: readonly { type: string; detail: object; time: string }[]) {
    await world.reset(NOW);
    for (const { type, detail, time } of events) await world.put(type, detail, 'dms.test', time);
    const visits = await world
      .services()
      .history.read(
        { storeId: order.storeId, customerNumber: visit.customer.customerNumber, vin: visit.vehicle.vin },
        '2026-11-20',
      );
    return { facts: (await world.tasks()).map(factsOf).toSorted(), visits: visits.visits };
  }

  /** What the DMS told, and whether the handoff goes on. What people were told on the way may differ. */
  const factsOf = ({ taskId, kind, facts, state }: AnyTask) =>
    JSON.stringify([taskId, kind === 'upgrade-conversation' ? '' : isOpen({ state }), facts], sorted);
  const sorted = (_name: string, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted())
      : value;

  it('end the same in whatever order they come, at equal times and twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fact, { minLength: 2, maxLength: 6 }), async (events) => {
        const shuffled = [...events.toReversed(), ...events.slice(0, 2)];
        expect(await factsAfter(shuffled)).toEqual(await factsAfter(events));
      }),
      { numRuns: 60 },
    );
  });
});
