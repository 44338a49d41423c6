import type { RepairQuoted } from '../contracts/repair-quoted.ts';
import { ageFault, holdsOn } from '../group/fact-age.ts';
import { type CarValue, counts, type ValuedCar } from './car-value.ts';
import type { LookedUp } from './looked-up.ts';
import type { CarValues, Order, RecallService, ValueService } from './ports.ts';

export interface LookUpServices {
  readonly carValues: CarValues;
  /** These two are left out if the group uses no such service. */
  readonly valueService?: ValueService | undefined;
  readonly recallService?: RecallService | undefined;
}

/** A car in Service, and what is known about it before any service is asked. */
export interface CarInService {
  readonly quote: Pick<RepairQuoted, 'vehicle' | 'value'>;
  /** What a guide reported earlier. */
  readonly knownValue: CarValue | undefined;
  /** The used-car desk has appraised the car, and its figure still holds. */
  readonly isAppraised: boolean;
  readonly today: string;
  readonly now: string;
  readonly factMaxAgeDays: number;
}

/** What guides reported earlier about the car. Whatever is missing is unknown. */
export function lookUpCar(car: CarInService): LookedUp {
  const { knownValue } = car;
  const counting = knownValue !== undefined && needsValue(car) && counts(knownValue, valuedCar(car));
  return counting ? { value: knownValue } : {};
}

/**
 * Asks other services about the car, all at once and each within its time limit. What they cannot answer in time is
 * unknown.
 */
export async function askAbout(services: LookUpServices, car: CarInService, order: Order): Promise<LookedUp> {
  const known = lookUpCar(car);
  const [value, recalls] = await Promise.all([
    known.value ?? askValue(services, car, order),
    askRecalls(services, car, order),
  ]);
  return { ...(value && { value }), ...(recalls && { recalls }) };
}

async function askValue(
  { carValues, valueService }: LookUpServices,
  car: CarInService,
  order: Order,
): Promise<CarValue | undefined> {
  if (!needsValue(car)) return undefined;
  const answer = await valueService?.ask(valuedCar(car), order);
  if (!answer?.ok) return undefined;
  await carValues.keep(car.quote.vehicle.vin, answer.found, car.now);
  return answer.found;
}

async function askRecalls({ recallService }: LookUpServices, car: CarInService, order: Order) {
  const { make, model, year } = car.quote.vehicle;
  if (make === undefined || model === undefined || year === undefined) return undefined;
  const { today, now } = car;
  const answer = await recallService?.ask({ make, model, year, today, now }, order);
  return answer?.ok ? answer.found : undefined;
}

/** A person's figure for this very car takes precedence over any guide's. A DMS writes a missing value as zero. */
function needsValue(car: CarInService): boolean {
  const { value } = car.quote;
  if (car.isAppraised) return false;
  if (value === undefined || value.cents === 0) return true;
  return ageFault(value.asOf, car) !== undefined || !holdsOn(car.today, value);
}

const valuedCar = ({ quote: { vehicle }, today, now, factMaxAgeDays }: CarInService): ValuedCar => ({
  ...{ vin: vehicle.vin, today, now, factMaxAgeDays },
  miles: vehicle.odometerMiles === 0 ? undefined : vehicle.odometerMiles,
});
