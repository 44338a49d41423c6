import * as z from 'zod';
import type { EdgeReading } from './edge.ts';
import { numberIn } from './read-at-the-edge.ts';

export const distanceUnits = ['miles', 'kilometers'] as const;
export type DistanceUnit = (typeof distanceUnits)[number];

const KILOMETERS_IN_A_MILE = 1.609344;

/** Whole miles, the unit in which distances are stored. A store that counts in kilometers is shown kilometers. */
export const milesIn = (value: number, unit: DistanceUnit): number =>
  Math.round(unit === 'miles' ? value : value / KILOMETERS_IN_A_MILE);

/** Rounded to tens from 100 km on, so that an interval of 12,000 km does not come back as 11,999. */
export function kilometersIn(miles: number): number {
  const kilometers = miles * KILOMETERS_IN_A_MILE;
  return kilometers < 100 ? Math.round(kilometers) : Math.round(kilometers / 10) * 10;
}

/** The odometer as sent; {@link readOdometer} turns it into `odometerMiles`. */
export const odometer = z.looseObject({
  value: z.number().min(0).max(3_000_000).describe('Rounded to whole miles'),
  unit: z.enum(distanceUnits).describe('What the odometer counts'),
});

const fieldsByName = z.record(z.string(), z.unknown());
const MOST_KILOMETERS = 3_000_000;

/** A distance from a DMS that counts in kilometers, next to the field in miles: `dueKilometers` for `dueMiles`. */
export const kilometers = z.number().min(0).max(MOST_KILOMETERS).meta({ format: 'kilometers' });

/**
 * Turns `dueKilometers` into `dueMiles`; if both were sent, `dueMiles` wins. An unreadable value is left for the
 * schema.
 */
export function readKilometers(written: unknown): EdgeReading {
  const { data: fields } = fieldsByName.safeParse(written);
  if (!fields) return { value: written };
  const read = Object.entries(fields).flatMap(([name, value]): [string, unknown][] => {
    const inMiles = name.replace(/Kilometers$/, 'Miles');
    const { data } = kilometers.safeParse(typeof value === 'string' ? numberIn(value) : value);
    if (inMiles === name || data === undefined) return [[name, value]];
    return (fields[inMiles] ?? '') === '' ? [[inMiles, milesIn(data, 'kilometers')]] : [];
  });
  return { value: Object.fromEntries(read) };
}

const withOdometer = z.looseObject({
  odometerMiles: z.unknown().optional(),
  odometer: z.object({ value: z.unknown(), unit: z.string() }),
});

const units: readonly (readonly [RegExp, DistanceUnit])[] = [
  [/^(mi|mile|miles)\.?$/i, 'miles'],
  [/^(km|kms|kilometers?|kilometres?)\.?$/i, 'kilometers'],
];

/** Miles that were sent directly win. An unreadable value is left for the schema, which reports it. */
export function readOdometer(written: unknown): EdgeReading {
  const read = withOdometer.safeParse(written);
  if (!read.success) return { value: written };
  const { odometer: given, ...vehicle } = read.data;
  const value = typeof given.value === 'string' ? numberIn(given.value) : given.value;
  const unit = units.find(([name]) => name.test(given.unit.trim()))?.[1];
  const { data } = odometer.safeParse({ value, unit });
  if (!data) return { value: written };
  return { value: { ...vehicle, odometerMiles: vehicle.odometerMiles ?? milesIn(data.value, data.unit) } };
}
