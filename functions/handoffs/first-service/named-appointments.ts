import type { FirstServiceDue } from '../../contracts/first-service-due.ts';
import type { ReportedAppointment } from '../../contracts/reported-appointment.ts';
import { isWaiting, matchedBy, type NamedBy, namesOf } from '../../customers/appointments.ts';
import { type Card, withSighting } from '../../customers/card.ts';
import type { AppointmentBook, CustomerCards } from '../../customers/ports.ts';
import { isStandIn } from '../../customers/without-placeholders.ts';
import { cardsNamed } from '../../outbox/cards-named.ts';

export interface NamingServices {
  readonly customers: CustomerCards;
  readonly appointments: AppointmentBook;
}

/**
 * Appointments of this car that named only the customer and arrived first. `keep-customers` matches them as well, at the same
 * time as this decision; without them, a customer who has booked would be invited to book.
 */
export async function appointmentsNaming(
  { customers, appointments }: NamingServices,
  due: FirstServiceDue,
  numbers: readonly string[],
): Promise<readonly ReportedAppointment[]> {
  const { storeId, customer, vehicle } = due;
  if (isStandIn(customer.customerNumber)) return [];
  const { email, phone } = customer;
  const found: ReportedAppointment[] = [];
  for (const { named, list } of await appointments.of(namesOf({ storeId, numbers, email, phone }))) {
    if (isWaiting(list)) found.push(...matchedBy(list, await cardsWith(customers, named, due)));
  }
  return found.filter(({ detail }) => detail.vin === vehicle.vin);
}

/** The card including this fact, which may not have been written to it yet. */
async function cardsWith(customers: CustomerCards, named: NamedBy, due: FirstServiceDue): Promise<Card[]> {
  const { storeId, occurredAt, customer, vehicle } = due;
  const cards = await cardsNamed(customers, named);
  const known = cards.find((one) => one.storeId === storeId && isNumberOf(one, customer.customerNumber));
  const pseudonym = known?.pseudonym ?? '';
  const card = withSighting(known, { storeId, occurredAt, customer, vin: vehicle.vin }, pseudonym);
  return [...cards.filter((one) => one !== known), card];
}

const isNumberOf = ({ customerNumber, formerNumbers = [] }: Card, number: string) =>
  [customerNumber, ...formerNumbers].includes(number);
