import type { CustomerChanged } from '../../contracts/customer-changed.ts';
import type { FirstServiceDue } from '../../contracts/first-service-due.ts';
import type { RepairQuoted } from '../../contracts/repair-quoted.ts';
import type { ServiceVisitCompleted } from '../../contracts/service-visit-completed.ts';
import type { VehicleSold } from '../../contracts/vehicle-sold.ts';
import {
  type Card,
  carsOn,
  mergeCards,
  type Sighting,
  withoutCar,
  withSighting,
} from '../../customers/card.ts';
import { isSaleToCustomer } from '../../customers/deal.ts';
import { vinLookUp } from '../../customers/identity.ts';
import { mergedNumbers } from '../../customers/merged-numbers.ts';
import type { PlaceholderRules } from '../../customers/placeholders.ts';
import type { CustomerKey } from '../../customers/ports.ts';
import { customerPseudonym } from '../../customers/pseudonym.ts';
import { isStandIn } from '../../customers/without-placeholders.ts';
import { survivorOf } from '../../outbox/cards-named.ts';
import { type MatchingAppointments, matchAppointmentsOf } from './keep-appointment.ts';

export interface KeepingCustomers extends MatchingAppointments {
  readonly group: PlaceholderRules;
  readonly customerKey: CustomerKey;
}

/** The buyer in a wholesale, fleet or demo deal is not a customer who drives the car. */
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

/** Applies new contact details and merges of customer numbers. In any order, and twice, they lead to the same cards. */
export async function keepChanged(services: KeepingCustomers, changed: CustomerChanged): Promise<string> {
  const { storeId, customer, occurredAt } = changed;
  const kept = await keep(services, { storeId, customer, occurredAt });
  for (const former of mergedNumbers(services.group, changed)) await merge(services, changed, former);
  return kept;
}

/** Changes the former number's card first, so that from then on a fact under that number goes to the surviving card. */
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
  await changeCard(services, storeId, survivor, (known) => known && gone && mergeCards(known, gone));
}

/** Matches appointments even if the fact changed nothing: an earlier attempt may have stopped before that. */
async function changeCard(
  services: KeepingCustomers,
  storeId: string,
  customerNumber: string,
  next: (known: Card | undefined) => Card | undefined,
): Promise<'changed' | 'unchanged'> {
  let after: Card | undefined;
  const answer = await services.customers.change(storeId, customerNumber, (known) => {
    after = next(known);
    return after;
  });
  if (after && after.mergedInto === undefined) await matchAppointmentsOf(services, after);
  return answer;
}

type Fact = VehicleSold | FirstServiceDue | RepairQuoted | ServiceVisitCompleted;

const sightingOf = ({ storeId, occurredAt, customer, vehicle }: Fact): Sighting => ({
  storeId,
  occurredAt,
  customer,
  vin: vehicle.vin,
  called: vehicle,
});

/** A placeholder number belongs to a single fact, so a card for it would be useless. */
async function keep(services: KeepingCustomers, seen: Sighting): Promise<string> {
  const { storeId, customer } = seen;
  if (isStandIn(customer.customerNumber)) return 'no-customer-number';
  let mergedInto: string | undefined;
  const keepAt = async (customerNumber: string) => {
    const pseudonym = await pseudonymOf(services, storeId, customerNumber);
    const sighting = { ...seen, customer: { ...customer, customerNumber } };
    return changeCard(services, storeId, customerNumber, (known) => {
      mergedInto = known?.mergedInto;
      return mergedInto === undefined ? withSighting(known, sighting, pseudonym) : known;
    });
  };
  const kept = await keepAt(customer.customerNumber);
  return mergedInto === undefined ? kept : keepAt(await survivorOf(services.customers, storeId, mergedInto));
}

async function pseudonymOf(
  { customerKey }: KeepingCustomers,
  storeId: string,
  customerNumber: string,
): Promise<string> {
  return customerPseudonym(await customerKey.read(), { storeId, customerNumber });
}

/** Removes trade-ins from the customer's card: they no longer own these cars. */
async function takeTradeIns(services: KeepingCustomers, sold: VehicleSold): Promise<void> {
  const vins = sold.tradeIns?.flatMap(({ vin }) => vin ?? []) ?? [];
  if (vins.length === 0) return;
  const on = sold.occurredAt.slice(0, 10);
  await changeCard(
    services,
    sold.storeId,
    sold.customer.customerNumber,
    (known) => known && vins.reduce((card, vin) => withoutCar(card, vin, on), known),
  );
}

/** A car has one owner, so a sale removes it from the former owner's card at every store of the group. */
async function takeFromFormerOwners(
  services: KeepingCustomers,
  { storeId, customer, vehicle, occurredAt }: VehicleSold,
): Promise<void> {
  const lookUp = vinLookUp(vehicle.vin);
  const on = occurredAt.slice(0, 10);
  const holders = lookUp ? await services.customers.find(lookUp) : [];
  const others = holders.filter(
    (one) => !(one.storeId === storeId && one.customerNumber === customer.customerNumber),
  );
  for (const one of others.filter((other) => carsOn(other, on).some(({ vin }) => vin === vehicle.vin))) {
    await changeCard(
      services,
      one.storeId,
      one.customerNumber,
      (known) => known && withoutCar(known, vehicle.vin, on),
    );
  }
}
