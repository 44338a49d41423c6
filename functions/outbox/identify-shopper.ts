import type { Customer, Vehicle } from '../contracts/fields.ts';
import type { CustomerCards, CustomerKey } from '../customers/ports.ts';
import {
  cardOfShopper,
  isNumbered,
  lookUpsOfShopper,
  type Shopper,
  standInsOf,
} from '../customers/shopper.ts';

export interface IdentifyingServices {
  readonly customers: Pick<CustomerCards, 'find'>;
  readonly customerKey: CustomerKey;
}

interface Lead {
  readonly storeId: string;
  readonly customer: Omit<Customer, 'customerNumber'> & { customerNumber?: string | undefined };
  readonly vehicle: Omit<Vehicle, 'vin'> & { vin?: string | undefined };
}

/**
 * Identifies the shopper and the car: by the customer number at the store, else by a stand-in that is the same whenever this
 * person comes again.
 */
export async function identifyShopper(
  { customers, customerKey }: IdentifyingServices,
  { storeId, customer, vehicle }: Lead,
): Promise<{ readonly customer: Customer; readonly vehicle: Vehicle }> {
  const standIn = standInsOf(customer, storeId, await customerKey.read());
  const number = isNumbered(customer)
    ? customer.customerNumber
    : await numberAt(customers, { storeId, shopper: customer });
  return {
    customer: { ...customer, customerNumber: number ?? standIn.number },
    vehicle: { ...vehicle, vin: vehicle.vin ?? standIn.vin },
  };
}

async function numberAt(
  customers: IdentifyingServices['customers'],
  of: { readonly storeId: string; readonly shopper: Shopper },
): Promise<string | undefined> {
  for (const lookUp of lookUpsOfShopper(of.shopper)) {
    const card = cardOfShopper(await customers.find(lookUp), of);
    if (card) return card.customerNumber;
  }
  return undefined;
}
