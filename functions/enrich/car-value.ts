import * as z from 'zod';
import type { LocalDate } from '../group/business-time.ts';
import { ageFault } from '../group/fact-age.ts';

/** A guide's estimate of a car's value, by VIN and miles. Nobody looked at the car itself. */
export const carValue = z.object({
  cents: z.number().int(),
  /** The guide's name as people read it. */
  source: z.string(),
  asOf: z.string(),
  /** The miles for which it was made. Left out: for the car by its VIN alone. */
  miles: z.number().int().optional(),
  /** An instant, for an answer of a service: after it, the service is asked again. */
  until: z.string().optional(),
});
export type CarValue = z.infer<typeof carValue>;

/** The car at this moment, and how old a fact about it may be. */
export interface ValuedCar {
  readonly vin: string;
  /** Undefined if the odometer was not read. */
  readonly miles: number | undefined;
  readonly today: LocalDate;
  readonly now: string;
  readonly factMaxAgeDays: number;
}

/** Half a year's driving: an estimate for a mileage further off does not count. */
const MILES_APART = 5_000;

export function counts(value: CarValue, car: ValuedCar): boolean {
  const isForTheseMiles =
    value.miles === undefined || car.miles === undefined || Math.abs(value.miles - car.miles) <= MILES_APART;
  const isOver = value.until !== undefined && value.until <= car.now;
  return isForTheseMiles && !isOver && ageFault(value.asOf, car) === undefined;
}
