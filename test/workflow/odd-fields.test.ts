import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { logLine } from '../../bin/tasks/log-line.ts';
import sold from '../../samples/vehicle-sold.json' with { type: 'json' };
import { World } from '../support/world.ts';

const NOON = '2026-11-20T23:00:00.000Z';

let world: World;
beforeAll(async () => {
  world = await World.open(NOON);
});
afterAll(() => world.close());
beforeEach(() => world.reset(NOON));

const { customer, vehicle } = sold.detail;
const odd = { customer: { ...customer, email: 'NONE' }, vehicle: { ...vehicle, odometerMiles: -1 } };
const warned = () => world.ours.filter((event) => event['detail-type'] === 'handoff-event-warned');
const oddIn = async () => {
  const [task] = await world.tasks('service-introduction');
  return task?.log.filter(({ what }) => what === 'odd fields') ?? [];
};

describe('a sale with odd fields', () => {
  it('is handed over all the same', async () => {
    await world.putSample('vehicle-sold', odd);
    expect(await world.refusals()).toEqual([]);
    expect(await world.tasks('service-introduction')).toMatchObject([{ state: 'open' }]);
  });

  it('shows in the story what was odd', async () => {
    await world.putSample('vehicle-sold', odd);
    const [task] = await world.tasks('service-introduction');
    const [entry] = await oddIn();
    if (!task || !entry) throw new Error('nothing noted');
    expect(logLine(entry, task)).toBe(
      `dms: odd fields (customer.email: no email address; vehicle.odometerMiles: left out), by event ${world.eventIds[0]}`,
    );
  });

  it('tells the sender, by the id that the bus answered', async () => {
    await world.putSample('vehicle-sold', odd, 'dms.test');
    expect(warned()).toMatchObject([
      {
        detail: {
          eventId: world.eventIds[0],
          eventSource: 'dms.test',
          eventDetailType: 'vehicle-sold',
          warnings: [
            { path: 'customer.email', code: 'no-email-address' },
            { path: 'vehicle.odometerMiles', code: 'left-out' },
          ],
        },
      },
    ]);
  });

  it('is noted once for each version, however often it comes', async () => {
    await world.putSample('vehicle-sold', odd);
    await world.putSample('vehicle-sold', odd);
    expect(await oddIn()).toHaveLength(1);
    await world.advance(1);
    await world.putSample('vehicle-sold', { ...odd, occurredAt: '2026-11-20T23:00:00.000Z' });
    expect(await oddIn()).toHaveLength(2);
  });
});

it('a sale without odd fields says nothing', async () => {
  await world.putSample('vehicle-sold');
  expect([await oddIn(), warned()]).toEqual([[], []]);
});

it('a quote that is called high and is below the minimum makes the sheet, and warns the sender', async () => {
  await world.putSample('repair-quote-high', { quote: { totalCents: 4_180 } });
  expect(await world.tasks('repair-options')).toMatchObject([{ state: 'open' }]);
  expect(warned()).toMatchObject([
    { detail: { warnings: [{ path: 'quote.totalCents', code: 'not-high' }] } },
  ]);
});

it('staff read of a company and of who buys for it, and the customer is called by name', async () => {
  await world.putSample('vehicle-sold', { customer: { ...customer, companyName: 'Acme Fleet LLC' } });
  const toStaff = world.sent.filter(({ to }) => to !== customer.email);
  const toCustomer = world.sent.filter(({ to }) => to === customer.email);
  expect(toStaff.map(({ text }) => text).join()).toContain('(Acme Fleet LLC)');
  expect(toCustomer.map(({ text }) => text).join()).not.toContain('Acme');
});

it('a visit that was paid in dollars and cents is refused with the reason, and counts as no free one', async () => {
  await world.putSample('service-visit-completed', { customerPayCents: 123.45 });
  expect(await world.refusals()).toMatchObject([
    { reason: expect.stringContaining('customerPayCents: expected whole cents') },
  ]);
});
