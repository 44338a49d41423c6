import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plusMinutes } from '../../functions/group/business-time.ts';
import { World } from '../support/world.ts';

const TODAY = '2026-11-20T18:00:00.000Z';
const SUBARU = 'lakeshore-subaru';
const USED = 'lakeshore-used';
const VIN = '4S4BTGND8V3104872';
const CUSTOMER = 'maria.kowalski@example.com';
const STARTS_AT = '2026-12-01T15:00:00.000Z';

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY);
});
beforeEach(() => world.reset(TODAY));
afterAll(() => world.close());

const due = (change: object = {}) =>
  world.put('first-service-due', {
    storeId: SUBARU,
    occurredAt: TODAY,
    customer: { customerNumber: 'C-20417', firstName: 'Maria', lastName: 'Kowalski', email: CUSTOMER },
    vehicle: { vin: VIN, year: 2027, make: 'Subaru', model: 'Outback' },
    dueOn: '2026-12-10',
    ...change,
  });
const booked = (change: object = {}) =>
  world.put('service-appointment-booked', {
    storeId: SUBARU,
    occurredAt: TODAY,
    appointmentNumber: 'A-1',
    vin: VIN,
    startsAt: STARTS_AT,
    ...change,
  });
/** The appointments that the only handoff with a due date knows. */
async function appointments() {
  const [visit, ...others] = (await world.tasks('first-service-visit')).filter(({ facts }) => facts.due);
  expect(others).toEqual([]);
  return visit?.facts.appointments.map(({ status, startsAt }) => ({ status, startsAt }));
}
const isBooked = [{ status: 'booked', startsAt: STARTS_AT }];

describe.each([
  ['an appointment that was booked by phone, without a customer number', {}, {}],
  ['an appointment of a car that another store sold', { storeId: USED }, { customerNumber: 'S-77' }],
])('%s', (_name, sale, appointment) => {
  it('is found by the car where the first service is known', async () => {
    await due(sale);
    await booked(appointment);
    expect(await appointments()).toEqual(isBooked);
  });

  it('is found by the car where it was booked before the first service was known', async () => {
    await booked(appointment);
    await due(sale);
    expect(await appointments()).toEqual(isBooked);
    expect(world.inbox(CUSTOMER).at(-1)?.subject).toMatch(/December 1|Dec 1/);
  });

  it('is cancelled by the car as well, twice and in any order', async () => {
    const cancelled = { ...appointment, occurredAt: plusMinutes(TODAY, -5) };
    world.now = plusMinutes(TODAY, 10);
    const cancel = () =>
      world.put('service-appointment-cancelled', {
        ...{ storeId: SUBARU, appointmentNumber: 'A-1', vin: VIN, ...appointment },
        occurredAt: plusMinutes(TODAY, 5),
      });
    await cancel();
    await due(sale);
    await booked(cancelled);
    await cancel();
    expect((await appointments())?.map(({ status }) => status)).toEqual(['cancelled']);
  });
});

it('an appointment of another customer of the same store is not that of the car’s first service', async () => {
  await due();
  await booked({ customerNumber: 'C-99999' });
  expect(await appointments()).toEqual([]);
});

it('an appointment at a store that neither sold nor services the car is not its first service', async () => {
  await due();
  await booked({ storeId: 'lakeshore-honda', customerNumber: 'H-1' });
  expect(await appointments()).toEqual([]);
});

it('a repair order at the store that services the car ends the first service, under another customer number', async () => {
  await due({ storeId: USED });
  world.now = '2026-12-11T18:00:00.000Z';
  await world.put('service-visit-completed', {
    storeId: SUBARU,
    occurredAt: world.now,
    roNumber: 'R-1',
    customer: { customerNumber: 'S-77', lastName: 'Kowalski' },
    vehicle: { vin: VIN },
    closedOn: '2026-12-10',
    customerPayCents: 9_900,
  });
  const [visit] = (await world.tasks('first-service-visit')).filter(({ facts }) => facts.due);
  expect(visit?.ended?.outcome).toBe('visited');
});
