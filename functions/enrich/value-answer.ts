import * as z from 'zod';
import { plusDays } from '../group/business-time.ts';
import { ageFault } from '../group/fact-age.ts';
import { type Answer, none } from './answer.ts';
import type { CarValue, ValuedCar } from './car-value.ts';

/** The range of a car's value in private hands, in cents. Anything else is in another unit, or a mistake. */
const FEWEST_CENTS = 10_000;
const MOST_CENTS = 100_000_000;
const MOST_MILES = 2_000_000;

/**
 * The answer as described in docs/value-and-recalls.md. It repeats the VIN, so that a mixed-up answer is not taken
 * for this car's.
 */
const answer = z.looseObject({
  vin: z.string().trim().toUpperCase(),
  cents: z.number().int().min(FEWEST_CENTS).max(MOST_CENTS),
  asOf: z.iso.date(),
  miles: z.number().int().min(0).max(MOST_MILES).optional(),
});

interface Service {
  readonly name: string;
  readonly keptDays: number;
}

/** The value in a service's answer, if the answer counts. */
export function readValue(given: unknown, car: ValuedCar, { name, keptDays }: Service): Answer<CarValue> {
  const { data } = answer.safeParse(given);
  if (!data) return none('not readable');
  if (data.vin !== car.vin) return none('about another car');
  const fault = ageFault(data.asOf, car);
  if (fault !== undefined) return none(fault === 'old' ? 'too old' : 'dated ahead');
  const { cents, asOf, miles = car.miles } = data;
  const value = { cents, source: name, asOf, until: plusDays(car.now, keptDays) };
  return { ok: true, found: miles === undefined ? value : { ...value, miles } };
}
