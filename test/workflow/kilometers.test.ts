import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Group, Store } from '../../functions/group/group.ts';
import { World } from '../support/world.ts';

const SOLD_AT = '2026-11-20T22:40:00.000Z';
const MAYA = 'maya.torres@lakeshore.example';

const inToronto = (store: Store): Store => ({
  ...store,
  timeZone: 'America/Toronto',
  distanceUnit: 'kilometers',
  firstService: { months: 6, miles: 4_971 },
  postalAddress: {
    street: '200 Front St W',
    city: 'Toronto',
    state: 'ON',
    postalCode: 'M5V 3K2',
    country: 'Canada',
  },
});

const canadian = (group: Group): Group => ({
  ...group,
  stores: group.stores.map((store) => (store.id === 'lakeshore-ford' ? store : inToronto(store))),
});

let world: World;
beforeAll(async () => {
  world = await World.open(SOLD_AT, canadian);
});
beforeEach(() => world.reset(SOLD_AT));
afterAll(() => world.close());

it('tells the customer of a store in Toronto kilometers, and where it is', async () => {
  await world.sellAndAccept();
  const [toCustomer] = world.inbox('maria.kowalski@example.com');
  expect(toCustomer?.text).toContain('8,000 km, whichever comes first');
  expect(toCustomer?.text).toContain('200 Front St W, Toronto, ON M5V 3K2, Canada');
  expect(world.inbox(MAYA)[0]?.text).toContain('8,000 km');
  for (const { text } of world.inbox()) expect(text).not.toMatch(/\d miles/);
});

it("shows the advisor's sheet in kilometers, as the DMS reads the odometer", async () => {
  await world.putSample('repair-quote-high', {
    quote: {
      totalCents: 418_000,
      payType: 'customer',
      lines: [{ description: 'Engine', amountCents: 418_000, answer: 'open' }],
    },
    warranty: { extendedEndsOn: '2028-01-01', extendedEndsMiles: 120_000, asOf: '2026-11-20' },
    vehicle: {
      vin: '2HKRW2H59HH600123',
      year: 2017,
      make: 'Honda',
      model: 'CR-V',
      odometer: { value: 144_000, unit: 'kilometers' },
    },
  });
  const text = world
    .inbox('sam.delgado@lakeshore.example')
    .map((email) => email.text)
    .join('\n')
    .replace(/\s+/g, ' ');
  expect(text).toContain('144,000 km');
  expect(text).toContain('or 193,120 km');
  expect(text).not.toMatch(/\d miles/);
});

it('takes what is due, leased or covered in kilometers, as the DMS counts', async () => {
  await world.sellAndAccept({ firstService: { dueKilometers: '12,000' } });
  expect(world.inbox('maria.kowalski@example.com')[0]?.text).toContain('12,000 km, whichever comes first');
  await world.putSample('repair-quote-high', {
    vehicle: {
      vin: '2HKRW2H59HH600123',
      year: 2017,
      make: 'Honda',
      odometer: { value: 144_000, unit: 'km' },
    },
    lease: { maturesOn: '2027-03-01', allowedKilometers: 150_000, asOf: '2026-11-20' },
    warranty: { extendedEndsOn: '2028-01-01', extendedEndsKilometers: 193_120, asOf: '2026-11-20' },
  });
  const [sheet] = world.inbox('sam.delgado@lakeshore.example');
  expect(sheet?.text.replace(/\s+/g, ' ')).toContain('or 193,120 km');
  const [task] = await world.tasks('repair-options');
  expect(task?.facts.quote?.lease?.allowedMiles).toBe(93_206);
});

it('counts the miles where the DMS sends both', async () => {
  await world.putSample('vehicle-sold', { firstService: { dueMiles: 5_000, dueKilometers: 12_000 } });
  expect((await world.tasks('service-introduction'))[0]?.firstService?.dueMiles).toBe(5_000);
});
