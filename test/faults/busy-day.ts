import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { people } from '../simulation/roster.ts';
import type { Told } from '../simulation/stories.ts';

/** A busy day of three stores, as their DMS tells it: cars are sold, first services come near, repairs are quoted. */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const SOLD = 96;
const FIRST_SERVICES = 18;
const QUOTED = 12;
const stores = ['lakeshore-subaru', 'lakeshore-honda', 'lakeshore-ford'] as const;

const event = z.object({ detail: z.record(z.string(), z.unknown()) });
const sample = (name: string) =>
  event.parse(JSON.parse(readFileSync(new URL(`../../samples/${name}.json`, import.meta.url), 'utf8')))
    .detail;
const samples = {
  sold: sample('vehicle-sold'),
  due: sample('first-service-due'),
  visited: sample('service-visit-completed'),
  quoted: sample('repair-quote-high'),
} as const;

/** What the day brings, in the order it is told; every fifth fact is told again at night, from a file. */
export function busyDay(from: number, until: number): Told[] {
  const at = (nth: number, of: number) => from + ((nth + 0.5) / of) * (until - from - HOUR);
  const live = [
    ...times(SOLD, (nth) => carSold(nth, at(nth, SOLD))),
    ...times(FIRST_SERVICES, (nth) => firstServiceDue(nth, at(nth, FIRST_SERVICES))),
    ...times(QUOTED, (nth) => repairQuoted(nth, at(nth, QUOTED))),
    ...times(QUOTED / 3, (nth) => carLeft(nth * 3, at(nth * 3, QUOTED) + 3 * HOUR)),
    dealUnwound(0, at(0, SOLD) + 4 * HOUR),
  ].filter((one) => one.at < until);
  const again = live.filter((_one, nth) => nth % 5 === 0).map((one) => ({ ...one, at: until - HOUR / 2 }));
  return [...live, ...again].toSorted((one, other) => one.at - other.at);
}

/** What makes long-term customers of those whose repairs are quoted: told long before the day. */
export const yearsBefore = (at: number): Told[] =>
  times(QUOTED, (nth) =>
    [1_200, 200, 120, 60].map((days, visit) =>
      told('service-visit-completed', at, at - days * DAY, nth, {
        ...samples.visited,
        ...customerOf(nth, 'quoted'),
        roNumber: `P-${nth}-${visit}`,
        vehicle: { vin: vinOf(nth, 'quoted'), odometerMiles: 120_000 },
        closedOn: dateOf(at - days * DAY),
        customerPayCents: 45_000,
      }),
    ),
  ).flat();

/** A first visit that was booked the evening before: its reminder falls into the day, its hour before the next one. */
export const visitBooked = (at: number, startsAt: number): Told[] => [
  firstServiceDue(FIRST_SERVICES, at),
  told('service-appointment-booked', at + MINUTE, at + MINUTE, FIRST_SERVICES, {
    appointmentNumber: 'A-1',
    vin: vinOf(FIRST_SERVICES, 'due'),
    customerNumber: customerOf(FIRST_SERVICES, 'due').customer.customerNumber,
    startsAt: new Date(startsAt).toISOString(),
    durationMinutes: 60,
  }),
];

const times = <T>(count: number, one: (nth: number) => T) =>
  Array.from({ length: count }, (_, nth) => one(nth));
const storeOf = (nth: number) => stores[nth % stores.length] ?? 'lakeshore-subaru';
const dateOf = (at: number) => new Date(at).toISOString().slice(0, 10);
const staffOf = (nth: number, role: string) => {
  const here = people.filter((one) => one.storeId === storeOf(nth) && one.role === role && !one.endsOn);
  return here[Math.floor(nth / stores.length) % here.length]?.employeeNumber ?? '';
};

type About = 'sold' | 'due' | 'quoted';
const vinOf = (nth: number, about: About) =>
  `4S4BTGND8V3${about === 'sold' ? 1 : about === 'due' ? 2 : 3}${String(nth).padStart(5, '0')}`;

const customerOf = (nth: number, about: About) => ({
  customer: {
    customerNumber: `C-${about}-${nth}`,
    firstName: 'Maria',
    lastName: 'Kowalski',
    email: `${about}-${nth}@example.com`,
    preferredLanguage: 'en-US',
  },
});

function told(detailType: string, at: number, happenedAt: number, nth: number, detail: object): Told {
  const occurredAt = new Date(Math.floor(happenedAt / 1000) * 1000).toISOString();
  return {
    at,
    source: 'dms.test',
    detailType,
    detail: { ...detail, version: 1, storeId: storeOf(nth), occurredAt },
  };
}

const carSold = (nth: number, at: number) =>
  told('vehicle-sold', at, at, nth, {
    ...samples.sold,
    ...customerOf(nth, 'sold'),
    dealNumber: `D-${nth}`,
    deliveryAt: new Date(at).toISOString(),
    vehicle: { vin: vinOf(nth, 'sold'), year: 2027, make: 'Subaru', model: 'Outback' },
    salespeople: [{ employeeNumber: staffOf(nth, 'salesperson') }],
  });

const dealUnwound = (nth: number, at: number) =>
  told('deal-unwound', at, at, nth, { dealNumber: `D-${nth}`, vin: vinOf(nth, 'sold') });

const firstServiceDue = (nth: number, at: number) =>
  told('first-service-due', at, at, nth, {
    ...samples.due,
    ...customerOf(nth, 'due'),
    vehicle: { vin: vinOf(nth, 'due'), year: 2026, make: 'Subaru', model: 'Outback' },
    dueOn: dateOf(at + 20 * DAY),
    salespersonNumber: staffOf(nth, 'salesperson'),
    serviceAdvisorNumber: staffOf(nth, 'service advisor'),
  });

const repairQuoted = (nth: number, at: number) =>
  told('repair-quote-high', at, at, nth, {
    ...samples.quoted,
    ...customerOf(nth, 'quoted'),
    roNumber: `R-${nth}`,
    vehicle: { vin: vinOf(nth, 'quoted'), year: 2015, make: 'Honda', model: 'CR-V', odometerMiles: 131_420 },
    openedAt: new Date(at - HOUR).toISOString(),
    promisedAt: new Date(at + 3 * HOUR).toISOString(),
    salespersonNumber: staffOf(nth, 'salesperson'),
    serviceAdvisorNumber: staffOf(nth, 'service advisor'),
    value: { cents: 920_000, source: 'Black Book', asOf: dateOf(at) },
    equity: { lowCents: 780_000, highCents: 920_000, originalPriceCents: 2_745_000, asOf: dateOf(at) },
  });

/** The repair is done and the car is gone: a nudge about it would say nothing true any more. */
const carLeft = (nth: number, at: number) =>
  told('service-visit-completed', at, at, nth, {
    ...samples.visited,
    ...customerOf(nth, 'quoted'),
    roNumber: `R-${nth}`,
    vehicle: { vin: vinOf(nth, 'quoted'), odometerMiles: 131_420 },
    closedOn: dateOf(at),
    customerPayCents: 418_000,
  });
