import type { Chance } from './chance.ts';
import { people } from './roster.ts';
import type { Days } from './side-stories.ts';
import type { Told } from './stories.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * First services around their due date: who was invited and does not book, who has booked early, and whose appointment is
 * moved, cancelled or missed; who comes; and whose deal is unwound. A quiet time follows, so that letters and reminders come.
 */
export function firstVisitStories(chance: Chance, { start, span, storeIds }: Days): Told[] {
  return Array.from({ length: chance.whole(1, 3) }, (_one, at) => at).flatMap((number) => {
    const storeId = chance.oneOf(storeIds) ?? 'lakeshore-honda';
    const at = start + chance.skewed(0, span);
    const customerNumber = `FIRST-${number}`;
    const vin = `4S4BTGND8V5${String(chance.whole(100_000, 999_999))}`;
    const seller = chance.oneOf(
      people.filter((one) => one.storeId === storeId && one.role === 'salesperson'),
    );
    const told = (when: number, detailType: string, detail: object, happened = when): Told => ({
      ...{ at: when, source: 'dms.simulated', detailType },
      detail: { version: 1, storeId, occurredAt: instantOf(happened), ...detail },
    });
    const customer = {
      ...{ customerNumber, firstName: 'Ines', lastName: `Marin ${number}` },
      ...(chance.happens(0.9) ? { email: `first-${number}@example.com` } : {}),
    };
    const dueIn = chance.pick([-20, -1, 0, 1, 3, 20, 60]);
    const dealNumber = `FV-${number}`;
    return [
      told(at, 'first-service-due', {
        ...{ customer, vehicle: { vin, year: 2026, make: 'Subaru', model: 'Outback' }, dealNumber },
        ...{ dueOn: dayOf(at + dueIn * DAY), salespersonNumber: seller?.employeeNumber },
      }),
      ...(chance.happens(0.6) ? appointments(chance, told, { vin, customerNumber, number, at }) : []),
      ...(chance.happens(0.15)
        ? [told(at + chance.skewed(MINUTE, DAY), 'deal-unwound', { dealNumber, vin, customerNumber })]
        : []),
      ...(chance.happens(0.15)
        ? [
            told(at + chance.skewed(HOUR, DAY), 'service-visit-completed', {
              ...{ customer, vehicle: { vin, odometerMiles: 5_800 }, roNumber: `FV-${number}` },
              ...{ closedOn: dayOf(at + HOUR), customerPayCents: 9_000 },
            }),
          ]
        : []),
    ].flatMap((one) =>
      chance.happens(0.15) ? [one, { ...one, at: one.at + chance.skewed(SECOND, 3 * HOUR) }] : [one],
    );
  });
}

interface Booking {
  readonly vin: string;
  readonly customerNumber: string;
  readonly number: number;
  readonly at: number;
}

function appointments(
  chance: Chance,
  told: (when: number, detailType: string, detail: object) => Told,
  { vin, customerNumber, number, at }: Booking,
): Told[] {
  const about = { appointmentNumber: `FA-${number}`, vin, customerNumber };
  const booked = at + chance.skewed(-MINUTE, 3 * HOUR);
  const startsIn = () =>
    at + chance.pick([6 * HOUR, DAY, 2 * DAY, 4 * DAY, 9 * DAY]) + chance.between(0, 6 * HOUR);
  const book = (when: number) =>
    told(when, 'service-appointment-booked', {
      ...about,
      startsAt: instantOf(startsIn()),
      durationMinutes: 60,
    });
  const cancelled = booked + chance.between(HOUR, 20 * HOUR);
  return [
    book(booked),
    ...(chance.happens(0.4) ? [book(booked + chance.skewed(MINUTE, 10 * HOUR))] : []),
    ...(chance.happens(0.3)
      ? [
          told(cancelled, 'service-appointment-cancelled', {
            ...{ ...about, reason: chance.pick(['cancelled', 'no-show']) },
          }),
        ]
      : []),
  ];
}

const instantOf = (at: number) => new Date(Math.floor(at / SECOND) * SECOND).toISOString();
const dayOf = (at: number) => instantOf(at).slice(0, 10);
