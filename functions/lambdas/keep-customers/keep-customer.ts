import type { CustomerChanged } from '../../contracts/customer-changed.ts';
import type { FirstServiceDue } from '../../contracts/first-service-due.ts';
import type { RepairQuoted } from '../../contracts/repair-quoted.ts';
import type { ServiceVisitCompleted } from '../../contracts/service-visit-completed.ts';
import type { VehicleSold } from '../../contracts/vehicle-sold.ts';
import { carsOn, mergeCards, type Sighting, withoutCar, withSighting } from '../../customers/card.ts';
import { isSaleToCustomer } from '../../customers/deal.ts';
import { vinLookUp } from '../../customers/identity.ts';
import { mergedNumbers } from '../../customers/merged-numbers.ts';
import type { PlaceholderRules } from '../../customers/placeholders.ts';
import { isStandIn } from '../../customers/without-placeholders.ts';
import type { CustomerCards, CustomerKey } from '../../ports.ts';

export interface KeepingCustomers {
  readonly group: PlaceholderRules;
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

/** New contact details, and numbers that became one: told in any order, and twice, they make the same cards. */
export async function keepChanged(services: KeepingCustomers, changed: CustomerChanged): Promise<string> {
  const { storeId, customer, occurredAt } = changed;
  const kept = await keep(services, { storeId, customer, occurredAt });
  for (const former of mergedNumbers(services.group, changed)) await merge(services, changed, former);
  return kept;
}

/** The former card first: a fact that comes under the former number from now on goes to the one that stays. */
async function merge(
  services: KeepingCustomers,
  { storeId, customer, occurredAt }: CustomerChanged,
  former: string,
): Promise<void> {
  const { customers } = services;
  const survivor = await survivorOf(customers, storeId, customer.customerNumber);
  if (survivor === former) return;
  const pseudonym = await pseudonymOf(services, storeId, former);
  const seen = { storeId, occurredAt, customer: { customerNumber: former } };
  await customers.change(storeId, former, (known) => ({
    ...(known ?? withSighting(undefined, seen, pseudonym)),
    mergedInto: survivor,
  }));
  const gone = await customers.read(storeId, former);
  await customers.change(storeId, survivor, (known) => known && gone && mergeCards(known, gone));
}

/** More merges than a dealer makes of one customer; a longer chain is cut. */
const MOST_MERGES = 20;

/** The number that stays at the end of a chain of merges. */
async function survivorOf(customers: CustomerCards, storeId: string, first: string): Promise<string> {
  let number = first;
  for (let merges = 0; merges < MOST_MERGES; merges += 1) {
    const next = (await customers.read(storeId, number))?.mergedInto;
    if (next === undefined) return number;
    number = next;
  }
  return number;
}

type Fact = VehicleSold | FirstServiceDue | RepairQuoted | ServiceVisitCompleted;

const sightingOf = ({ storeId, occurredAt, customer, vehicle }: Fact): Sighting => ({
  storeId,
  occurredAt,
  customer,
  vin: vehicle.vin,
});

/** A stand-in is of one fact only, so there would be a card for each. */
async function keep(services: KeepingCustomers, seen: Sighting): Promise<string> {
  const { customers } = services;
  const { storeId, customer } = seen;
  if (isStandIn(customer.customerNumber)) return 'no-customer-number';
  let mergedInto: string | undefined;
  const keepAt = async (customerNumber: string) => {
    const pseudonym = await pseudonymOf(services, storeId, customerNumber);
    const sighting = { ...seen, customer: { ...customer, customerNumber } };
    return customers.change(storeId, customerNumber, (known) => {
      mergedInto = known?.mergedInto;
      return mergedInto === undefined ? withSighting(known, sighting, pseudonym) : known;
    });
  };
  const kept = await keepAt(customer.customerNumber);
  return mergedInto === undefined ? kept : keepAt(await survivorOf(customers, storeId, mergedInto));
}

async function pseudonymOf(
  { customerKey }: KeepingCustomers,
  storeId: string,
  customerNumber: string,
): Promise<string> {
  const keyed = await customerKey.read();
  return keyed(['pseudonym', `${storeId}/${customerNumber}`]).slice(0, PSEUDONYM_CHARACTERS);
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
