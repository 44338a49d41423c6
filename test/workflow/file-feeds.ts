import { readFileSync } from 'node:fs';
import type { FileReceipt } from '../../functions/feeds/file-receipt.ts';
import { countsOf } from '../../functions/feeds/file-receipt.ts';
import type { Group } from '../../functions/group/group.ts';
import type { Outcome } from '../../functions/lambdas/read-feed/read-file.ts';
import { vinOf } from '../kinds/deadlines.ts';

/** Reports that a dealer group writes itself, of closed and of open orders and sold cars, and a vendor's appointments. */
const STORES = { '12': 'lakeshore-honda', '11': 'lakeshore-subaru' };

export const withReports = (group: Group): Group => ({
  ...group,
  feeds: [
    ...group.feeds,
    { name: 'closed', source: 'orders-csv', dealers: { '12': 'lakeshore-honda' }, posted: false, codes: {} },
    { name: 'sold', source: 'sold-log-csv', dealers: { '11': 'lakeshore-subaru' }, posted: false, codes: {} },
    { name: 'open', source: 'quotes-csv', dealers: STORES, posted: false, codes: {} },
    {
      ...{ name: 'visits', source: 'dealervault-appt', dealers: { DVD46316: 'lakeshore-subaru' } },
      ...{ posted: false, codes: {} },
    },
  ],
});

export const sampleFile = (name: string): Uint8Array =>
  readFileSync(new URL(`../feeds/files/${name}`, import.meta.url));

export interface ClosedOrder {
  readonly number: number;
  readonly closedOn?: string;
  readonly paid?: string;
  readonly store?: string;
}

const HEADER = 'Store,RO,Closed,Advisor,Cust No,Customer,VIN,CP Total,Warranty,Internal';

/** A night's report of closed orders, each of a customer and a car of its own. */
export const closedOrders = (orders: readonly ClosedOrder[]): string =>
  [
    HEADER,
    ...orders.map(({ number, closedOn = '11/19/2026', paid = '89.95', store = '12' }) =>
      [
        store,
        number,
        closedOn,
        2031,
        `C-${number}`,
        `CUSTOMER ${number}`,
        vinOf(String(number)),
        paid,
        '0.00',
        '0.00',
      ].join(','),
    ),
    '',
  ].join('\n');

export const ordersFrom = (first: number, count: number): ClosedOrder[] =>
  Array.from({ length: count }, (_, at) => ({ number: first + at }));

const SOLD =
  'Store,Deal #,Status,Type,Delivered,Cust #,Customer,Email,N/U,VIN,Year,Make,Model,Odometer,Salesperson 1 Number';

const OPEN = 'Store,RO #,Advisor,Cust No,Customer,VIN,Description,Amount';

/** A report of all orders that are open, each with one high line. */
export const openOrders = (orders: readonly Pick<ClosedOrder, 'number' | 'store'>[]): string =>
  [
    OPEN,
    ...orders.map(({ number, store = '12' }) =>
      [
        ...[store, number, 2031, `C-${number}`, `CUSTOMER ${number}`, vinOf(String(number))],
        ...['TRANSMISSION', '4180.00'],
      ].join(','),
    ),
    '',
  ].join('\n');

const APPOINTMENTS =
  'DV Dealer ID\tAppointment Number\tAppointment Date\tAppointment Time\tRO Number\tService Advisor Number\tVIN\tCustomer Number';

export interface Appointment {
  readonly number: number;
  readonly on: string;
}

/** A log of appointments, by their cars. */
export const appointments = (booked: readonly Appointment[]): string =>
  [
    APPOINTMENTS,
    ...booked.map(({ number, on }) =>
      ['DVD46316', number, on, '08:30', '', 1042, vinOf(String(number)), `S-${number}`].join('\t'),
    ),
    '',
  ].join('\n');

export interface SoldCar {
  readonly number: number;
  readonly deliveredOn: string;
  readonly status?: string;
}

export const soldLog = (cars: readonly SoldCar[]): string =>
  [
    SOLD,
    ...cars.map(({ number, deliveredOn, status = 'Booked' }) =>
      [
        ...[
          11,
          number,
          status,
          'Finance',
          deliveredOn,
          `S-${number}`,
          `Buyer ${number}`,
          `buyer${number}@example.com`,
        ],
        ...['N', vinOf(String(number)), 2027, 'Subaru', 'Outback', 14, 1077],
      ].join(','),
    ),
    '',
  ].join('\n');

/** The receipt of a file that got one. */
export function receiptOf(outcome: Outcome): FileReceipt {
  if ('receipt' in outcome) return outcome.receipt;
  throw new Error(`no receipt: ${outcome.is}`);
}

/** In one line, as the sum of a receipt is printed. */
export function inShort(outcome: Outcome): string {
  const { read, sent, unchanged, skipped, waiting, refused } = countsOf(receiptOf(outcome));
  const sum = (counts: Readonly<Record<string, number>>) =>
    Object.values(counts).reduce((total, count) => total + count, 0);
  return `${read} = ${sum(sent)} sent + ${unchanged} unchanged + ${sum(skipped)} skipped + ${sum(waiting)} waiting + ${refused} refused`;
}
