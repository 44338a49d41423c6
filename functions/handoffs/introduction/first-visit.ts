import type { ReportedAppointment } from '../../contracts/reported-appointment.ts';
import { isStandIn } from '../../customers/without-placeholders.ts';
import type { Context } from '../../handoff/context.ts';
import { type Decision, type Draft, draft, repeated, unchanged } from '../../handoff/draft.ts';
import type { EventEntry } from '../../handoff/outbox-entry.ts';
import { isOpen } from '../../handoff/task.ts';
import {
  type Appointment,
  appointmentFrom,
  BOOKED_BY_STAFF,
  type Booking,
  bookingByStaff,
  markOtherWork,
  nextVisit,
  withUpdate,
} from '../any-kind/appointments.ts';
import { introductionTraits, type ServiceIntroduction } from './task.ts';

/**
 * A first visit that is booked while the sale is handed over, by the DMS or by staff on the page. Then nobody is asked to book
 * it, and the first service begins at once, which confirms the visit to the customer.
 */
type Introduction = ServiceIntroduction;

/** The upcoming first visit. */
export const firstVisitOf = ({ facts }: Introduction, now: string): Booking | undefined =>
  nextVisit(facts.appointments ?? [], now);

/** An appointment of the car at the store that services it, or at the one that sold it. */
export function decideFirstVisit(
  before: Introduction,
  reported: ReportedAppointment,
  context: Context,
): Decision<Introduction> {
  if (![before.storeId, before.soldAt].includes(reported.detail.storeId))
    return unchanged(before, 'at-another-store');
  // Once the introduction is over, only the first service needs the appointment.
  const isShown = isOpen(before) || before.state === 'waiting' || isToBeRaised(before);
  if (!before.facts.sold || !isShown) return unchanged(before, 'introduced-before');
  const update = appointmentFrom(reported);
  const updated = withAppointment(before, update, context);
  if (!updated) return unchanged(before, 'already-known');
  if (updated.isRepeat) return repeated(updated.task);
  return draft(updated.task, introductionTraits, context)
    .note({ code: 'first-visit', status: update.status })
    .also(raiseIfBooked)
    .done(update.status);
}

/**
 * Staff enter when the first visit is booked. The first service learns of it like of a booking from the DMS, by a
 * `service-appointment-booked` event. Without a time, the entry is taken back.
 */
export function bookFirstVisit(
  before: Introduction,
  startsAt: string | undefined,
  context: Context,
): Introduction {
  const updated = withAppointment(before, bookingByStaff(startsAt, context.now), context);
  if (!updated) return before;
  const { vehicle, customer } = updated.task.facts.sold ?? {};
  const isKnown = vehicle && customer && !isStandIn(vehicle.vin) && !isStandIn(customer.customerNumber);
  const event = startsAt === undefined ? 'service-appointment-cancelled' : 'service-appointment-booked';
  return draft(updated.task, introductionTraits, context)
    .when(isKnown === true, (booked) => booked.event(event))
    .also(raiseIfBooked).task;
}

/** The booking that staff entered, unless something newer from the DMS replaced it. */
export const bookedByStaff = ({ facts }: Introduction): Appointment | undefined =>
  facts.appointments?.find(({ appointmentNumber }) => appointmentNumber === BOOKED_BY_STAFF);

function withAppointment(before: Introduction, update: Appointment, context: Context) {
  const updated = withUpdate(before.facts.appointments ?? [], update);
  if (!updated) return undefined;
  const { dueOn } = before.firstService ?? {};
  const appointments =
    dueOn === undefined ? [...updated.appointments] : markOtherWork(updated.appointments, dueOn, context);
  const task = { ...before, updatedAt: context.now, facts: { ...before.facts, appointments } };
  return { task, isRepeat: updated.isRepeat };
}

const isToBeRaised = ({ deadlines }: Introduction) => deadlines['raise-first-service'] !== undefined;

/**
 * Begins the first service now instead of a month before it is due, once the customer has the car, so that a customer who has
 * booked gets a confirmation. A handoff that never began leaves it for its planned day, when the store may be live.
 */
export function raiseIfBooked(booked: Draft<Introduction>): Draft<Introduction> {
  const { task, context } = booked;
  const isBegun = isOpen(task) || task.state === 'completed';
  const isBooked = firstVisitOf(task, context.now) !== undefined;
  return booked.when(isBegun && isBooked && isToBeRaised(task), (due) =>
    due
      .deadline('raise-first-service', undefined)
      .note({ code: 'first-service-raised' })
      .event('first-service-due'),
  );
}

/** The detail of the event that gives a booking entered by staff to the first service. */
export function appointmentDetail(task: Introduction, { detailType }: EventEntry): object | undefined {
  const { sold } = task.facts;
  const said = bookedByStaff(task);
  if (!sold || !said) return undefined;
  const about = {
    storeId: sold.storeId,
    appointmentNumber: BOOKED_BY_STAFF,
    vin: sold.vehicle.vin,
    customerNumber: sold.customer.customerNumber,
  };
  const isBooking = detailType === 'service-appointment-booked';
  // The booking was taken back, or made again, before this event left; the later event carries the current state.
  if (isBooking !== (said.status === 'booked')) return undefined;
  return isBooking ? { ...about, startsAt: said.startsAt } : { ...about, reason: 'cancelled' };
}
