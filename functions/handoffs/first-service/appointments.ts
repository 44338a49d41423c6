import { isNewer, isRepeat, type Received, versionOf } from '../../contracts/fact-version.ts';
import type { ServiceAppointmentBooked } from '../../contracts/service-appointment-booked.ts';
import type { ServiceAppointmentCancelled } from '../../contracts/service-appointment-cancelled.ts';
import type { Context } from '../../handoff/context.ts';
import { type Decision, draft, repeated, unchanged } from '../../handoff/draft.ts';
import { isOpen } from '../../handoff/task.ts';
import type { WaitingAppointment } from '../../history/car-owners.ts';
import { type News, notifyOfAppointment } from './appointment-news.ts';
import { withOtherWork } from './first-service-rule.ts';
import { type Appointment, BOOKED_BY_STAFF, type FirstServiceVisit, firstServiceTraits } from './task.ts';

/** Service appointments: booked, moved and cancelled. Updates may arrive in any order. */

/** More than anybody books for one first service. */
const APPOINTMENTS = 12;

function decideBooked(
  before: FirstServiceVisit,
  booked: Received<ServiceAppointmentBooked>,
  context: Context,
): Decision<FirstServiceVisit> {
  const { appointmentNumber, startsAt, durationMinutes } = booked;
  return decideAppointment(
    before,
    { appointmentNumber, ...versionOf(booked), startsAt, durationMinutes, status: 'booked' },
    context,
  );
}

function decideAppointmentCancelled(
  before: FirstServiceVisit,
  cancelled: Received<ServiceAppointmentCancelled>,
  context: Context,
): Decision<FirstServiceVisit> {
  const { appointmentNumber, reason } = cancelled;
  const update = { appointmentNumber, ...versionOf(cancelled), status: reason };
  return decideAppointment(before, update, context);
}

/** An appointment counts at the store that services the car, or at the one that sold it. */
export function decideReported(
  before: FirstServiceVisit,
  reported: WaitingAppointment,
  context: Context,
): Decision<FirstServiceVisit> {
  if (![before.storeId, before.soldAt].includes(reported.detail.storeId))
    return unchanged(before, 'at-another-store');
  return reported.detailType === 'service-appointment-booked'
    ? decideBooked(before, reported.detail, context)
    : decideAppointmentCancelled(before, reported.detail, context);
}

/** The latest update of each appointment wins, whatever the order of arrival. */
export function decideAppointment(
  before: FirstServiceVisit,
  update: Appointment,
  context: Context,
  by?: string,
): Decision<FirstServiceVisit> {
  const { appointmentNumber, status } = update;
  const known = before.facts.appointments.find(
    (appointment) => appointment.appointmentNumber === appointmentNumber,
  );
  const merged = merge(known, update);
  if (merged === known) return unchanged(before, 'already-known');
  const others = before.facts.appointments.filter((appointment) => appointment !== known);
  const appointments = withoutStandIn([...others, merged]).slice(-APPOINTMENTS);
  const facts = { ...before.facts, appointments };
  if (known && !saysMore(update, known)) return repeated({ ...before, facts });
  const task = withOtherWork({ ...before, updatedAt: context.now, facts }, context);
  const is = task.facts.appointments.find((one) => one.appointmentNumber === appointmentNumber);
  const noted = draft(task, firstServiceTraits, context).note({
    code: 'appointment',
    status,
    appointmentNumber,
    ...(is?.otherWork ? { otherWork: true } : {}),
  });
  if (!task.facts.due) return noted.done('kept-for-later');
  if (!isOpen(task) && task.state !== 'waiting') return noted.done('noted');
  const news: News = { before, known, update: is ?? merged, by };
  return noted.also(notifyOfAppointment(news)).done(status === 'booked' ? 'booked' : 'reopened');
}

/** A cancellation does not say for what time the appointment was: its newest booking does, whenever that comes. */
function merge(known: Appointment | undefined, update: Appointment): Appointment {
  if (!known) return update;
  const booking = known.status === 'booked' ? versionOf(known) : known.booking;
  const { startsAt, durationMinutes } = known;
  if (isNewer(update, known)) {
    return update.status === 'booked' ? update : { startsAt, durationMinutes, booking, ...update };
  }
  if (known.status === 'booked' || update.status !== 'booked' || !isNewer(update, booking)) return known;
  const { startsAt: at, durationMinutes: minutes } = update;
  return { ...known, startsAt: at, durationMinutes: minutes, booking: versionOf(update) };
}

const saysMore = (update: Appointment, known: Appointment): boolean =>
  isNewer(update, known) && !isRepeat(update, known);

/**
 * What staff entered stands in for the appointment in the DMS, until the DMS tells of it: by the same time, or by a
 * newer booking. Otherwise the time that staff entered would stand after the customer moved it.
 */
function withoutStandIn(appointments: readonly Appointment[]): readonly Appointment[] {
  const standIn = appointments.find(({ appointmentNumber }) => appointmentNumber === BOOKED_BY_STAFF);
  const isKnownToDms = appointments.some(
    (one) =>
      one !== standIn &&
      one.status === 'booked' &&
      (one.startsAt === standIn?.startsAt || isNewer(one, standIn)),
  );
  return isKnownToDms ? appointments.filter((one) => one !== standIn) : appointments;
}
