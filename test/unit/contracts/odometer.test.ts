import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDetail } from '../../../functions/contracts/contract.ts';
import { kilometersIn, milesIn } from '../../../functions/contracts/odometer.ts';
import { vehicleSold } from '../../../functions/contracts/vehicle-sold.ts';
import { distanceText } from '../../../functions/group/distance.ts';
import sample from '../../../samples/vehicle-sold.json' with { type: 'json' };

const { odometerMiles: _, ...car } = sample.detail.vehicle;

function read(vehicle: object) {
  const parsed = parseDetail(vehicleSold, { ...sample.detail, vehicle: { ...car, ...vehicle } });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return {
    miles: parsed.fact.vehicle.odometerMiles,
    odometer: parsed.fact.vehicle.odometer,
    warnings: parsed.warnings.map(({ path }) => path),
  };
}

describe('an odometer that a DMS reads in kilometers', () => {
  test.each([
    [{ value: 144_000, unit: 'kilometers' }, 89_477],
    [{ value: 144_000.4, unit: 'kilometers' }, 89_478],
    [{ value: '144,000', unit: 'km' }, 89_477],
    [{ value: 89_478, unit: 'miles' }, 89_478],
    [{ value: 0, unit: 'KM' }, 0],
  ])('%j is stored as whole miles', (odometer, miles) => {
    expect(read({ odometer })).toEqual({ miles, odometer: undefined, warnings: [] });
  });

  test.each([
    [{ value: 5, unit: 'furlongs' }],
    [{ value: -5, unit: 'kilometers' }],
    [{ value: 144_000 }],
    ['144000 km'],
  ])('%j is left out with a warning', (odometer) => {
    const { miles, warnings } = read({ odometer });
    expect(miles).toBeUndefined();
    expect(warnings).toEqual([expect.stringMatching(/^vehicle\.odometer/)]);
  });

  test('does not replace miles that are sent beside it', () => {
    expect(read({ odometerMiles: 12, odometer: { value: 99, unit: 'kilometers' } }).miles).toBe(12);
  });
});

test('whole tens of kilometers come back as they were', () => {
  fc.assert(
    fc.property(fc.integer({ min: 10, max: 100_000 }), (tens) => {
      expect(kilometersIn(milesIn(tens * 10, 'kilometers'))).toBe(tens * 10);
    }),
  );
});

test.each([
  [89_478, 'miles', 'en', '89,478 miles'],
  [89_478, 'kilometers', 'en', '144,000 km'],
  [4_971, 'kilometers', 'es', '8,000 km'],
  [5_000, 'miles', 'es', '5,000 millas'],
  [7, 'kilometers', 'en', '11 km'],
] as const)('%i miles in %s (%s) are %s', (miles, unit, language, text) => {
  expect(distanceText(miles, unit, language)).toBe(text);
});
