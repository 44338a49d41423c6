import type { FirstServiceDue } from '../../contracts/first-service-due.ts';
import type { RepairQuoted } from '../../contracts/repair-quoted.ts';
import type { ServiceVisitCompleted } from '../../contracts/service-visit-completed.ts';
import type { VehicleSold } from '../../contracts/vehicle-sold.ts';
import { carsOn, type Sighting, withoutCar, withSighting } from '../../customers/card.ts';
import { isSaleToCustomer } from '../../customers/deal.ts';
import { vinLookUp } from '../../customers/identity.ts';
import { isStandIn } from '../../customers/without-placeholders.ts';
import type { CustomerCards, CustomerKey } from '../../ports.ts';

export interface KeepingCustomers {
  readonly customers: CustomerCards;
  readonly customerKey: CustomerKey;
}

/** Wholesale, fleet and demo deals are of no customer who drives the car. */
export async function keepBuyer(services: KeepingCustomers, sold: VehicleSold): Promise<string> {
  if (!isSaleToCustomer(sold)) return 'not-a-customer';
  const kept = await keep(services, {
    ...sightingOf(sold),
    advisorNumber: sold.serviceAdvisorNumber,
    salespersonNumber: sold.salespeople[0]?.employeeNumber,
  });
  await takeTradeIns(services, sold);
  await takeFromFormerOwners(services, sold);
  return kept;
}

export const keepFirstServiceCustomer = (services: KeepingCustomers, due: FirstServiceDue): Promise<string> =>
  keep(services, {
    ...sightingOf(due),
    advisorNumber: due.serviceAdvisorNumber,
    salespersonNumber: due.salespersonNumber,
  });

export const keepQuotedCustomer = (services: KeepingCustomers, quote: RepairQuoted): Promise<string> =>
  keep(services, {
    ...sightingOf(quote),
    advisorNumber: quote.serviceAdvisorNumber,
    salespersonNumber: quote.salespersonNumber,
  });

export const keepVisitor = (services: KeepingCustomers, visit: ServiceVisitCompleted): Promise<string> =>
  keep(services, { ...sightingOf(visit), advisorNumber: visit.serviceAdvisorNumber });

type Fact = VehicleSold | FirstServiceDue | RepairQuoted | ServiceVisitCompleted;

const sightingOf = ({ storeId, occurredAt, customer, vehicle }: Fact): Sighting => ({
  storeId,
  occurredAt,
  customer,
  vin: vehicle.vin,
});

/** A stand-in is of one fact only, so there would be a card for each. */
async function keep({ customers, customerKey }: KeepingCustomers, seen: Sighting): Promise<string> {
  const { storeId } = seen;
  const { customerNumber } = seen.customer;
  if (isStandIn(customerNumber)) return 'no-customer-number';
  const keyed = await customerKey.read();
  const pseudonym = keyed(['pseudonym', `${storeId}/${customerNumber}`]).slice(0, PSEUDONYM_CHARACTERS);
  return customers.change(storeId, customerNumber, (known) => withSighting(known, seen, pseudonym));
}

const PSEUDONYM_CHARACTERS = 16;

/** What the customer gave in payment is theirs no longer. */
async function takeTradeIns({ customers }: KeepingCustomers, sold: VehicleSold): Promise<void> {
  const vins = sold.tradeIns?.flatMap(({ vin }) => vin ?? []) ?? [];
  if (vins.length === 0) return;
  const on = sold.occurredAt.slice(0, 10);
  await customers.change(
    sold.storeId,
    sold.customer.customerNumber,
    (known) => known && vins.reduce((card, vin) => withoutCar(card, vin, on), known),
  );
}

/** A car has one owner: a sale takes it off the former owner's card at every store of the group. */
async function takeFromFormerOwners(
  { customers }: KeepingCustomers,
  { storeId, customer, vehicle, occurredAt }: VehicleSold,
): Promise<void> {
  const lookUp = vinLookUp(vehicle.vin);
  const on = occurredAt.slice(0, 10);
  const holders = lookUp ? await customers.find(lookUp) : [];
  const others = holders.filter(
    (one) => !(one.storeId === storeId && one.customerNumber === customer.customerNumber),
  );
  for (const one of others.filter((other) => carsOn(other, on).some(({ vin }) => vin === vehicle.vin))) {
    await customers.change(
      one.storeId,
      one.customerNumber,
      (known) => known && withoutCar(known, vehicle.vin, on),
    );
  }
}
