import type { VehicleSold } from '../../contracts/vehicle-sold.ts';
import { earliest } from '../../handoff/outbox.ts';
import { BOOKED_BY_STAFF } from '../any-kind/appointments.ts';
import type { ServiceIntroduction as Introduction } from './task.ts';

/** Those of this customer's car. They are told again for another customer or car, where they are theirs. */
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
 * A deal that is no sale any more is told of no appointment, and what it was told of would grow old: the DMS's are told
 * again with the sale, if it is written again. What staff entered is theirs to take back.
 */
export function withoutToldAppointments({
  appointments,
  ...facts
}: Introduction['facts']): Introduction['facts'] {
  const entered =
    appointments?.filter(({ appointmentNumber }) => appointmentNumber === BOOKED_BY_STAFF) ?? [];
  return entered.length === 0 ? facts : { ...facts, appointments: entered };
}

/** More customers than a deal is corrected to. */
const FORMER_CUSTOMERS = 4;

/** Whoever the deal was entered for before counts as a buyer until that is taken back. */
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
 * When the deal was first told, where the version that stands is a later one: a correction, or a deal that is written again,
 * makes it no later sale. The same whichever version comes last.
 */
export function soldSince(before: Introduction, sold: VehicleSold): { soldSince?: string } {
  const { facts } = before;
  const first = earliest([facts.soldSince, knownSale(before)?.occurredAt, sold.occurredAt]);
  return first === undefined || first === sold.occurredAt ? {} : { soldSince: first };
}

/** Whether an older version says that the deal was made before whatever is known. */
export const isOfEarlierSale = (before: Introduction, { occurredAt }: VehicleSold): boolean => {
  const known = knownSale(before);
  return known !== undefined && occurredAt < (before.facts.soldSince ?? known.occurredAt);
};
