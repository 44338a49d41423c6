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

/** Service appointments: booked, moved and cancelled, in whatever order the updates about them come. */

/** More appointments of one first service than anybody books. */
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

/** The visit is booked: a snoozed task is open now, and its email does not come on that day as well. */
export function unsnooze(one: Draft<FirstServiceVisit>): Draft<FirstServiceVisit> {
  if (!isSnoozed(one.task)) return one;
  return one
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

/** The latest update of each appointment wins, whatever the order they came in. */
export function decideAppointment(
  before: FirstServiceVisit,
  update: Appointment,
  context: Context,
): Decision<FirstServiceVisit> {
  const { appointmentNumber, status } = update;
  const known = before.facts.appointments.find((one) => one.appointmentNumber === appointmentNumber);
  if (known && update.occurredAt <= known.occurredAt) return unchanged(before, 'already-known');
  const merged = {
    ...update,
    ...(update.startsAt === undefined && known?.startsAt ? { startsAt: known.startsAt } : {}),
  };
  const others = before.facts.appointments.filter((one) => one !== known);
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
  return noted.also(tellOfAppointment(before, update)).done(status === 'booked' ? 'booked' : 'reopened');
}

const tellOfAppointment =
  (before: FirstServiceVisit, { status }: Appointment) =>
  (one: Draft<FirstServiceVisit>): Draft<FirstServiceVisit> => {
    const { task, context } = one;
    const { due } = task.facts;
    const was = currentAppointment(before, context.now);
    const is = currentAppointment(task, context.now);
    if (!due || was?.startsAt === is?.startsAt) return one;
    if (task.state === 'waiting' && !isSnoozed(task)) {
      if (!is) return one;
      // Booked before the invitation was sent: the visit has a date, so the handoff begins now.
      return one
        .deadline('release', undefined)
        .step('release', { own: { code: 'booked-early' } })
        .also(openVisit(due));
    }
    if (!is) {
      const planned = one.also(planDayBefore);
      return planned
        .emailEach(notifiedStaff(planned.task), {
          message: 'visit-cancelled',
          own: { code: 'visit-cancelled', how: status },
          again: true,
        })
        .also(inviteCustomer());
    }
    const seller = sellerOf(due, context);
    return one
      .also(unsnoozeAndTell)
      .also(planDayBefore)
      .emailEach(seller === undefined ? [] : [seller], {
        message: 'visit-booked',
        ...(was ? { own: { code: 'visit-moved' } } : {}),
        again: true,
      });
  };

const unsnoozeAndTell = (one: Draft<FirstServiceVisit>): Draft<FirstServiceVisit> =>
  isSnoozed(one.task)
    ? unsnooze(one).email({
        message: firstServiceTraits.assignmentMessage,
        to: 'assignee',
        own: { code: 'customer-booked' },
        again: true,
      })
    : one;
