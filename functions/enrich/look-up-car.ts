import type { RepairQuoted } from '../contracts/repair-quoted.ts';
import { ageFault } from '../group/fact-age.ts';
import { type CarValue, counts, type ValuedCar } from './car-value.ts';
import type { LookedUp } from './looked-up.ts';

/** A car in Service, with what is known of it before anybody is asked. */
export interface CarInService {
  readonly quote: Pick<RepairQuoted, 'vehicle' | 'value'>;
  /** What a guide said of it before. */
  readonly knownValue: CarValue | undefined;
  /** The used-car desk's number holds. */
  readonly isAppraised: boolean;
  readonly today: string;
  readonly now: string;
  readonly factMaxAgeDays: number;
}

/** What guides say of the car, before its quote is decided on. What none of them says is unknown. */
export function lookUpCar(car: CarInService): LookedUp {
  const value = guideValue(car);
  return value === undefined ? {} : { value };
}

/** Somebody's figure for this very car goes before any guide's. */
function guideValue(car: CarInService): CarValue | undefined {
  const { quote, knownValue, isAppraised } = car;
  if (knownValue === undefined || isAppraised || hasValue(car)) return undefined;
  const { vin, odometerMiles } = quote.vehicle;
  const valued: ValuedCar = { ...car, vin, miles: odometerMiles === 0 ? undefined : odometerMiles };
  return counts(knownValue, valued) ? knownValue : undefined;
}

/** A DMS writes a missing value as zero. */
const hasValue = (car: CarInService): boolean => {
  const { value } = car.quote;
  return value !== undefined && value.cents > 0 && ageFault(value.asOf, car) === undefined;
};
