import type { Received } from '../../contracts/fact-version.ts';
import type { ReportedAppointment } from '../../contracts/reported-appointment.ts';
import type { ServiceAppointmentBooked } from '../../contracts/service-appointment-booked.ts';
import type { ServiceAppointmentCancelled } from '../../contracts/service-appointment-cancelled.ts';
import type { ServiceAppointmentMatched } from '../../contracts/service-appointment-matched.ts';
import { warning } from '../../contracts/warnings.ts';
import {
  type AppointmentList,
  bookingOf,
  cancellationOf,
  isWaiting,
  isWaitingFor,
  matchedBy,
  type NamedBy,
  namedBy,
  namesOf,
  placeOf,
  withMatched,
  withReport,
} from '../../customers/appointments.ts';
import type { Card } from '../../customers/card.ts';
import type { AppointmentBook, CustomerCards } from '../../customers/ports.ts';
import { cardsNamed } from '../../outbox/cards-named.ts';
import { putAll } from '../../outbox/put-all.ts';
import { warnSender } from '../../outbox/warn-sender.ts';
import type { Clock, EventBus } from '../../ports.ts';

export interface MatchingAppointments {
  readonly appointments: AppointmentBook;
  readonly customers: CustomerCards;
  readonly bus: EventBus;
  readonly clock: Clock;
}

type Sent = Parameters<typeof warnSender>[1];

export const keepBooked = (
  services: MatchingAppointments,
  detail: Received<ServiceAppointmentBooked>,
  event: Sent,
): Promise<string> => keepAppointment(services, bookingOf(detail), namedBy(detail), event);

export const keepCancelled = (
  services: MatchingAppointments,
  detail: Received<ServiceAppointmentCancelled>,
  event: Sent,
): Promise<string> => keepAppointment(services, cancellationOf(detail), namedBy(detail), event);

/**
 * The appointment is stored before the customer's cards are read, and each change of a card looks for stored
 * appointments. So whichever comes second, the appointment or the car, finds the other.
 */
async function keepAppointment(
  services: MatchingAppointments,
  report: ReportedAppointment,
  named: NamedBy | undefined,
  event: Sent,
): Promise<string> {
  const place = named && placeOf(named);
  if (named === undefined || place === undefined) return 'no-customer';
  const list = await services.appointments.change(place, (known) => withReport(known, report));
  const left = await match(services, { named, place }, list);
  if (!isWaitingFor(left, report)) return 'car-known';
  await warnSender(services, event, [warning('vin', 'car-not-known')]);
  return 'kept-for-later';
}

/** A customer's card changed, so an appointment that waits for its car may match now. */
export async function matchAppointmentsOf(services: MatchingAppointments, card: Card): Promise<void> {
  const { storeId, customerNumber, formerNumbers = [], email, phone } = card;
  const numbers = [customerNumber, ...formerNumbers];
  const names = namesOf({ storeId, numbers, email: email?.value, phone: phone?.value });
  for (const { named, place, list } of await services.appointments.of(names)) {
    await match(services, { named, place }, list);
  }
}

/** Publishes the match before storing it: after a crash in between it is published again, which changes nothing. */
async function match(
  services: MatchingAppointments,
  { named, place }: { readonly named: NamedBy; readonly place: string },
  list: AppointmentList,
): Promise<AppointmentList> {
  if (!isWaiting(list)) return list;
  const matched = matchedBy(list, await cardsNamed(services.customers, named));
  if (matched.length === 0) return list;
  const events = matched.map((appointment) => ({
    detailType: 'service-appointment-matched',
    detail: matchedDetail(appointment),
  }));
  await putAll(services, events);
  return services.appointments.change(place, (known) => withMatched(known, matched));
}

const matchedDetail = (appointment: ReportedAppointment): ServiceAppointmentMatched => {
  const { version, storeId, occurredAt } = appointment.detail;
  return { version, storeId, occurredAt, appointment };
};
