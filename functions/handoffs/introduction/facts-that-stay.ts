import type { VehicleSold } from '../../contracts/vehicle-sold.ts';
import { earliest } from '../../handoff/outbox.ts';
import { BOOKED_BY_STAFF } from '../any-kind/appointments.ts';
import type { ServiceIntroduction as Introduction } from './task.ts';

/**
 * Keeps the known appointments while the deal is about the same customer and car. After a correction, those of the new customer
 * or car are reported again.
 */
export function appointmentsOf(
  { facts }: Introduction,
  sold: VehicleSold,
): Pick<Introduction['facts'], 'appointments'> {
  const { sold: known, appointments } = facts;
  const isSame =
    known?.vehicle.vin === sold.vehicle.vin && known.customer.customerNumber === sold.customer.customerNumber;
  return appointments && isSame ? { appointments } : {};
}

/**
 * Drops the DMS's appointments from a deal that is no longer a sale: no further reports of them arrive, so they would go stale.
 * If the deal is written again, they are reported again with the sale. A booking that staff entered stays, because only they
 * can take it back.
 */
export function withoutToldAppointments({
  appointments,
  ...facts
}: Introduction['facts']): Introduction['facts'] {
  const entered =
    appointments?.filter(({ appointmentNumber }) => appointmentNumber === BOOKED_BY_STAFF) ?? [];
  return entered.length === 0 ? facts : { ...facts, appointments: entered };
}

/** More customers than a deal is ever corrected to. */
const FORMER_CUSTOMERS = 4;

/** The customers for whom the deal was entered before a correction. Each counts as a buyer until that is taken back. */
export function formerCustomers(
  before: Introduction,
  { customer }: VehicleSold,
): { formerCustomers?: string[] } {
  const { formerCustomers: former = [] } = before.facts;
  const known = knownSale(before);
  const numbers = known ? [...former, known.customer.customerNumber] : former;
  const others = [...new Set(numbers)].filter((number) => number !== customer.customerNumber);
  return others.length === 0 ? {} : { formerCustomers: others.slice(-FORMER_CUSTOMERS) };
}

/** The sale as the DMS reported it. What a salesperson typed does not count as a version. */
const knownSale = ({ facts: { sold, typed } }: Introduction) => (typed === true ? undefined : sold);

/**
 * When the deal was first reported, if the version that stands is a later one: neither a correction nor writing the deal again
 * makes it a later sale. The result does not depend on the order of the versions.
 */
export function soldSince(before: Introduction, sold: VehicleSold): { soldSince?: string } {
  const { facts } = before;
  const first = earliest([facts.soldSince, knownSale(before)?.occurredAt, sold.occurredAt]);
  return first === undefined || first === sold.occurredAt ? {} : { soldSince: first };
}

/** Whether an older version shows that the deal was made earlier than was known. */
export const isOfEarlierSale = (before: Introduction, { occurredAt }: VehicleSold): boolean => {
  const known = knownSale(before);
  return known !== undefined && occurredAt < (before.facts.soldSince ?? known.occurredAt);
};
