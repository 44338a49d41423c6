import visited from '../../samples/service-visit-opened.json' with { type: 'json' };
import { longTermCustomer } from '../support/customers.ts';
import type { World } from '../support/world.ts';

/** Thursday, three in the afternoon at the store, whose Service works until six: its last list leaves at five. */
export const THURSDAY = '2026-11-19T22:00:00.000Z';
const LOOKS_AT = '2026-11-19T23:30:00.000Z';
export const AFTER_LIST = '2026-11-20T00:05:00.000Z';
/** Friday, at eight in the morning. */
const EXPECTED = '2026-11-20T15:00:00.000Z';
export const STORE = 'lakeshore-honda';

const { customer, vehicle, value, warranty, ownership } = visited.detail;

/** A customer who has come for years, whose card an earlier visit left. */
export async function begin(world: World): Promise<void> {
  await world.reset(THURSDAY);
  world.showsLists = true;
  world.keepsCustomers = true;
  await longTermCustomer(world);
  await cameOnce(world);
}

export const cameOnce = (world: World) =>
  world.put('service-visit-completed', {
    ...{ storeId: STORE, roNumber: '76001', occurredAt: '2026-10-28T17:00:00.000Z', closedOn: '2026-10-28' },
    ...{ customer, vehicle, serviceAdvisorNumber: '2031', customerPayCents: 12_000 },
  });

/** Their appointment on Friday, as the dealer system tells of it. */
export const booked = (world: World, change: object = {}) =>
  world.put('service-appointment-booked', {
    ...{ storeId: STORE, occurredAt: world.now, appointmentNumber: 'A-1', startsAt: EXPECTED },
    ...{ vin: vehicle.vin, customerNumber: customer.customerNumber },
    ...{ value, warranty, ownership: { ...ownership, asOf: '2026-11-18' }, ...change },
  });

export const until = (world: World, instant: string) =>
  world.advance((Date.parse(instant) - Date.parse(world.now)) / 60_000);

/** The sweep half an hour before the last list. */
export async function looksAhead(world: World): Promise<void> {
  world.now = LOOKS_AT;
  await world.sweep();
}

export async function evening(world: World): Promise<void> {
  await looksAhead(world);
  await until(world, AFTER_LIST);
}
