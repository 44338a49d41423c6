import * as z from 'zod';
import type { LocalDate } from '../group/business-time.ts';
import { ageFault } from '../group/fact-age.ts';

/** What a guide says a car is worth, by VIN and miles. Nobody looked at the car. */
export const carValue = z.object({
  cents: z.number().int(),
  /** Whose figure it is, as people read it. */
  source: z.string(),
  asOf: z.string(),
  /** The miles that it was made for. Left out: for the car by its VIN alone. */
  miles: z.number().int().optional(),
  /** An instant. The answer of a service: asked again after that. */
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

/** Half a year's driving: a figure for other miles is one for another car. */
const MILES_APART = 5_000;

export function counts(value: CarValue, car: ValuedCar): boolean {
  const isForTheseMiles =
    value.miles === undefined || car.miles === undefined || Math.abs(value.miles - car.miles) <= MILES_APART;
  const isOver = value.until !== undefined && value.until <= car.now;
  return isForTheseMiles && !isOver && ageFault(value.asOf, car) === undefined;
}
