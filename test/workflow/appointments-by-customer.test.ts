import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plusMinutes } from '../../functions/group/business-time.ts';
import sold from '../../samples/vehicle-sold.json' with { type: 'json' };
import { World } from '../support/world.ts';
import { CUSTOMER, due, MAYA, SELLER, STORE, TODAY } from './first-service-facts.ts';

const NUMBER = due.customer.customerNumber;
const PHONE = '(847) 555-0188';
const STARTS_AT = '2026-12-01T15:00:00.000Z';
const OTHER_CAR = '1HGCM82633A004352';

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY);
  world.keepsCustomers = true;
});
beforeEach(() => world.reset(TODAY));
afterAll(() => world.close());

const comesDue = () =>
  world.put('first-service-due', { ...due, customer: { ...due.customer, phone: PHONE } });
const booked = (change: object = {}) =>
  world.put('service-appointment-booked', {
    ...{ storeId: STORE, occurredAt: TODAY, appointmentNumber: 'A-1', startsAt: STARTS_AT },
    ...change,
  });
const cancelled = (change: object = {}) =>
  world.put('service-appointment-cancelled', {
    ...{ storeId: STORE, occurredAt: plusMinutes(TODAY, 5), appointmentNumber: 'A-1' },
    ...change,
  });
/** Another car that the customer has at the store. */
const visitOf = (vin: string) =>
  world.put('service-visit-completed', {
    ...{
      storeId: STORE,
      occurredAt: TODAY,
      roNumber: 'R-7',
      closedOn: '2026-11-20',
      customerPayCents: 9_900,
    },
    ...{ customer: due.customer, vehicle: { vin } },
  });
const sell = (vin: string, customer: object) =>
  world.put('vehicle-sold', {
    ...{ ...sold.detail, storeId: STORE, dealNumber: 'D-2', occurredAt: TODAY, deliveryAt: undefined },
    ...{ vehicle: { vin }, customer },
  });

/** The appointments that the first service knows. */
async function appointments() {
  const [visit] = (await world.tasks('first-service-visit')).filter(({ facts }) => facts.due);
  return visit?.facts.appointments.map(({ status, startsAt }) => ({ status, startsAt })) ?? [];
}
const isBooked = [{ status: 'booked', startsAt: STARTS_AT }];
const warned = () =>
  world.ours.flatMap(({ detail }) => (JSON.stringify(detail).includes('car-not-known') ? [detail] : []));

describe.each([
  ['a customer number', { customerNumber: NUMBER }],
  ['an email address', { email: CUSTOMER.toUpperCase() }],
  ['a phone number, written in another way', { phone: '+1 847.555.0188' }],
])('an appointment that names its customer by %s, and no car', (_name, named) => {
  it('is for the one car that the customer has', async () => {
    await comesDue();
    await booked(named);
    expect(await appointments()).toEqual(isBooked);
    expect(world.inbox(SELLER).at(-1)?.subject).toMatch(/9:00/);
    expect(warned()).toEqual([]);
  });

  it('waits for the car of a customer who is not known yet, and then acts as if it had come then', async () => {
    await booked(named);
    expect(await world.tasks()).toEqual([]);
    expect(warned()).toHaveLength(1);
    await comesDue();
    expect(await appointments()).toEqual(isBooked);
    expect(world.inbox(CUSTOMER).at(-1)?.subject).toMatch(/Dec(?:ember)? 1/);
  });

  it('is cancelled without a car as well, whichever of the two comes first', async () => {
    for (const facts of [
      [comesDue, () => booked(named), () => cancelled(named)],
      [() => cancelled(named), () => booked(named), comesDue],
    ]) {
      await world.reset(TODAY);
      world.now = plusMinutes(TODAY, 10);
      for (const fact of facts) await fact();
      expect((await appointments()).map(({ status }) => status)).toEqual(['cancelled']);
    }
  });
});

describe('an appointment of a customer with two cars', () => {
  const named = { customerNumber: NUMBER };

  it('is not guessed: it waits, and the sender is warned', async () => {
    await comesDue();
    await visitOf(OTHER_CAR);
    await booked(named);
    expect(await appointments()).toEqual([]);
    expect(warned()).toHaveLength(1);
  });

  it('is matched as soon as the other car is sold to somebody else', async () => {
    await comesDue();
    await visitOf(OTHER_CAR);
    await booked(named);
    world.now = plusMinutes(TODAY, 60);
    await sell(OTHER_CAR, { customerNumber: 'C-9', firstName: 'Omar', lastName: 'Reyes' });
    expect(await appointments()).toEqual(isBooked);
    expect(world.inbox(MAYA).length).toBeGreaterThan(0);
  });

  it('is for the car that a later version of it names, and for no other', async () => {
    await comesDue();
    await visitOf(OTHER_CAR);
    await booked(named);
    await booked({ ...named, vin: OTHER_CAR, occurredAt: plusMinutes(TODAY, 1) });
    await sell(OTHER_CAR, { customerNumber: 'C-9', firstName: 'Omar', lastName: 'Reyes' });
    expect(await appointments()).toEqual([]);
  });

  it('is cancelled by its number, where only the booking named the car', async () => {
    await comesDue();
    await visitOf(OTHER_CAR);
    await booked({ ...named, vin: due.vehicle.vin });
    expect(await appointments()).toEqual(isBooked);
    world.now = plusMinutes(TODAY, 10);
    await cancelled(named);
    expect((await appointments()).map(({ status }) => status)).toEqual(['cancelled']);
  });
});

it('an appointment under a former number of the customer is found after the numbers were merged', async () => {
  await booked({ customerNumber: 'OLD-1' });
  await comesDue();
  expect(await appointments()).toEqual([]);
  await world.put('customer-changed', {
    ...{ storeId: STORE, occurredAt: TODAY, replaces: ['OLD-1'] },
    customer: due.customer,
  });
  expect(await appointments()).toEqual(isBooked);
});

it('an appointment by an address that many customers share joins nobody', async () => {
  await comesDue();
  await booked({ email: 'none@none.com' });
  expect(await appointments()).toEqual([]);
  const [refused] = await world.refusals();
  expect(refused?.['reason']).toMatch(/vin, customerNumber, email and phone/);
});

it('a match that was told already changes nothing when its facts come again', async () => {
  await comesDue();
  await booked({ customerNumber: NUMBER });
  const { length } = world.sent;
  await booked({ customerNumber: NUMBER });
  await world.redeliver();
  await world.redeliver(1);
  expect(world.sent).toHaveLength(length);
  expect(world.ours.filter((one) => one['detail-type'] === 'service-appointment-matched')).toHaveLength(1);
});
