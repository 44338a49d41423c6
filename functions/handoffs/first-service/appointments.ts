import type { ServiceAppointmentBooked } from '../../contracts/service-appointment-booked.ts';
import type { ServiceAppointmentCancelled } from '../../contracts/service-appointment-cancelled.ts';
import type { Context } from '../../handoff/context.ts';
import { type Decision, type Draft, draft, unchanged } from '../../handoff/draft.ts';
import { lapse } from '../../handoff/outbox.ts';
import type { OutboxEntry } from '../../handoff/outbox-entry.ts';
import { notifiedStaff } from '../../handoff/queue.ts';
import { wasAssignedBefore } from '../../handoff/reassign.ts';
import { isOpen } from '../../handoff/task.ts';
import { type Appointment, type FirstServiceVisit, firstServiceTraits } from './task.ts';
import { currentAppointment, inviteCustomer, openVisit, planDayBefore, sellerOf } from './visit.ts';

/** Service appointments: booked, moved and cancelled. Updates may arrive in any order. */

/** More than anybody books for one first service. */
const APPOINTMENTS = 12;

export function decideBooked(
  before: FirstServiceVisit,
  booked: ServiceAppointmentBooked,
  context: Context,
): Decision<FirstServiceVisit> {
  const { appointmentNumber, occurredAt, startsAt, durationMinutes } = booked;
  return decideAppointment(
    before,
    { appointmentNumber, occurredAt, startsAt, durationMinutes, status: 'booked' },
    context,
  );
}

export function decideAppointmentCancelled(
  before: FirstServiceVisit,
  cancelled: ServiceAppointmentCancelled,
  context: Context,
): Decision<FirstServiceVisit> {
  const { appointmentNumber, occurredAt, reason } = cancelled;
  return decideAppointment(before, { appointmentNumber, occurredAt, status: reason }, context);
}

/** A booking reopens a snoozed task and cancels the email scheduled for the end of the snooze. */
export function unsnooze(draft: Draft<FirstServiceVisit>): Draft<FirstServiceVisit> {
  if (!isSnoozed(draft.task)) return draft;
  return draft
    .change((task) => ({
      ...task,
      outbox: task.outbox.map((entry) => (isOfSnooze(entry) ? lapse(entry, { code: 'woken-early' }) : entry)),
    }))
    .deadline('release', undefined)
    .step('release', { own: { code: 'booked' } })
    .startDeadline('accept');
}

const isSnoozed = (task: FirstServiceVisit) =>
  task.state === 'waiting' && wasAssignedBefore(task, firstServiceTraits);

const isOfSnooze = (entry: OutboxEntry) =>
  entry.type === 'email' && entry.state === 'owed' && entry.message === firstServiceTraits.assignmentMessage;

/** The latest update of each appointment wins, whatever the order of arrival. */
export function decideAppointment(
  before: FirstServiceVisit,
  update: Appointment,
  context: Context,
): Decision<FirstServiceVisit> {
  const { appointmentNumber, status } = update;
  const known = before.facts.appointments.find(
    (appointment) => appointment.appointmentNumber === appointmentNumber,
  );
  if (known && update.occurredAt <= known.occurredAt) return unchanged(before, 'already-known');
  const merged = {
    ...update,
    ...(update.startsAt === undefined && known?.startsAt ? { startsAt: known.startsAt } : {}),
  };
  const others = before.facts.appointments.filter((appointment) => appointment !== known);
  const task: FirstServiceVisit = {
    ...before,
    updatedAt: context.now,
    facts: { ...before.facts, appointments: [...others, merged].slice(-APPOINTMENTS) },
  };
  const noted = draft(task, firstServiceTraits, context).note({
    code: 'appointment',
    status,
    appointmentNumber,
  });
  if (!task.facts.due) return noted.done('kept-for-later');
  if (!isOpen(task) && task.state !== 'waiting') return noted.done('noted');
  return noted.also(announceAppointment(before, update)).done(status === 'booked' ? 'booked' : 'reopened');
}

const announceAppointment =
  (before: FirstServiceVisit, { status }: Appointment) =>
  (draft: Draft<FirstServiceVisit>): Draft<FirstServiceVisit> => {
    const { task, context } = draft;
    const { due } = task.facts;
    const was = currentAppointment(before, context.now);
    const is = currentAppointment(task, context.now);
    if (!due || was?.startsAt === is?.startsAt) return draft;
    if (task.state === 'waiting' && !isSnoozed(task)) {
      if (!is) return draft;
      // Booked before the invitation was sent: the visit has a date, so the handoff starts now.
      return draft
        .deadline('release', undefined)
        .step('release', { own: { code: 'booked-early' } })
        .also(openVisit(due));
    }
    if (!is) {
      const planned = draft.also(planDayBefore);
      return planned
        .emailEach(notifiedStaff(planned.task), {
          message: 'visit-cancelled',
          own: { code: 'visit-cancelled', how: status },
          again: true,
        })
        .also(inviteCustomer());
    }
    const seller = sellerOf(due, context);
    return draft
      .also(unsnoozeAndReassign)
      .also(planDayBefore)
      .emailEach(seller === undefined ? [] : [seller], {
        message: 'visit-booked',
        ...(was ? { own: { code: 'visit-moved' } } : {}),
        again: true,
      });
  };

const unsnoozeAndReassign = (draft: Draft<FirstServiceVisit>): Draft<FirstServiceVisit> =>
  isSnoozed(draft.task)
    ? unsnooze(draft).email({
        message: firstServiceTraits.assignmentMessage,
        to: 'assignee',
        own: { code: 'customer-booked' },
        again: true,
      })
    : draft;
