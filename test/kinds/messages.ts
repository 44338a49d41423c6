import type { World } from '../support/world.ts';

/** Days on which each message that only this kind sends is sent, and every link in it is still in force. */
export type KindMessages = (world: World) => Promise<void>;

export const SUBARU = 'lakeshore-subaru';

export const customerOf = (number: string) => ({
  customerNumber: number,
  firstName: 'Kim',
  lastName: `No ${number}`,
  email: `${number.toLowerCase()}@example.com`,
});

/** Each customer has a car of their own: a car that is sold again ends the former owner's first service. */
export const carOf = (number: string) => ({
  vin: `4S4BTGND8V31${number.charCodeAt(0)}${number.slice(2).padStart(3, '0')}`,
  year: 2027,
  make: 'Subaru',
  model: 'Outback Premium',
});
