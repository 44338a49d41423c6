import type { VehicleValued } from '../../contracts/vehicle-valued.ts';
import type { CarValues } from '../../enrich/ports.ts';
import { type ContextServices, contextOf } from '../../outbox/context-of.ts';

export interface ValueServices extends ContextServices {
  readonly carValues: CarValues;
}

/**
 * Stores a guide's figure for a car until its next quote. A quote that was already decided on keeps its figures: its
 * sheet has been sent.
 */
export async function followValue(
  services: ValueServices,
  { storeId, vin, cents, source, asOf, forMiles, occurredAt }: VehicleValued,
): Promise<string> {
  await contextOf(services, storeId);
  const value = { cents, source, asOf, ...(forMiles === undefined ? {} : { miles: forMiles }) };
  return (await services.carValues.keep(vin, value, occurredAt)) ? 'value-kept' : 'already-known';
}
