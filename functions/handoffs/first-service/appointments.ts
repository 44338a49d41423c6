import type { ServiceAppointmentBooked } from '../../contracts/service-appointment-booked.ts';
import type { ServiceAppointmentCancelled } from '../../contracts/service-appointment-cancelled.ts';
import { startClock } from '../../handoff/deadlines.ts';
import {
  type Context,
  changed,
  type Decision,
  log,
  oweEmail,
  setDeadline,
  step,
  toldStaff,
  unchanged,
} from '../../handoff/draft.ts';
import type { OutboxEntry } from '../../handoff/outbox-entry.ts';
import { givingMessage, wasGiven } from '../../handoff/reassign.ts';
import { type Appointment, type FirstServiceVisit, isOpen } from '../../handoff/task.ts';
import { currentAppointment, inviteCustomer, openVisit, planDayBefore, sellerOf } from './visit.ts';

/** Service appointments: booked, moved, cancelled, in whatever order the words about them come. */

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

/** The visit has a date: what was put by until later is open now, and its email does not come on that day as well. */
export function wake(task: FirstServiceVisit, context: Context): FirstServiceVisit {
  if (task.state !== 'waiting' || !wasGiven(task)) return task;
  const outbox = task.outbox.map((entry) => (isOfRest(entry) ? { ...entry, ...overslept } : entry));
  const rested = setDeadline({ ...task, outbox }, 'release', undefined);
  return startClock(step(rested, 'release', context.now, 'dms', 'booked'), 'accept', context);
}

function wakeAndTell(task: FirstServiceVisit, context: Context): FirstServiceVisit {
  const awake = wake(task, context);
  if (awake === task || !awake.assignee) return task;
  const to = { staff: awake.assignee.employeeNumber };
  const note = { why: 'The customer booked the visit.' };
  return oweEmail(awake, context.now, { message: givingMessage[task.kind], to, note, again: true });
}

const isOfRest = (entry: OutboxEntry) =>
  entry.type === 'email' && entry.state === 'owed' && entry.message === givingMessage['first-service-visit'];

export const overslept = { state: 'lapsed', reason: 'the visit was booked before that day' } as const;

/** The latest word on each appointment wins, whatever the order they came in. */
export function decideAppointment(
  before: FirstServiceVisit,
  word: Appointment,
  context: Context,
): Decision<FirstServiceVisit> {
  const known = before.facts.appointments.find((one) => one.appointmentNumber === word.appointmentNumber);
  if (known && word.occurredAt <= known.occurredAt) return unchanged(before, 'already-known');
  const merged = {
    ...word,
    ...(word.startsAt === undefined && known?.startsAt ? { startsAt: known.startsAt } : {}),
  };
  const others = before.facts.appointments.filter((one) => one !== known);
  const task = {
    ...before,
    updatedAt: context.now,
    facts: { ...before.facts, appointments: [...others, merged].slice(-APPOINTMENTS) },
  };
  const said = log(task, context.now, 'dms', `appointment ${word.status}`, word.appointmentNumber);
  if (!said.facts.due) return changed(said, 'kept-for-later');
  if (!isOpen(said) && said.state !== 'waiting') return changed(said, 'noted');
  return changed(
    tellOfAppointment(before, said, word, context),
    word.status === 'booked' ? 'booked' : 'reopened',
  );
}

function tellOfAppointment(
  before: FirstServiceVisit,
  task: FirstServiceVisit,
  word: Appointment,
  context: Context,
): FirstServiceVisit {
  const { now } = context;
  const { due } = task.facts;
  const was = currentAppointment(before, now);
  const is = currentAppointment(task, now);
  if (!due || was?.startsAt === is?.startsAt) return task;
  if (task.state === 'waiting' && !wasGiven(task)) {
    if (!is) return task;
    // Booked before the invitation went out: the visit has a date, so the handoff begins now.
    return openVisit(
      step(setDeadline(task, 'release', undefined), 'release', now, 'dms', 'booked early'),
      due,
      context,
    );
  }
  const planned = planDayBefore(is ? wakeAndTell(task, context) : task, context);
  const seller = sellerOf(due, context);
  if (is) {
    const note: Record<string, string> = was ? { moved: 'true' } : {};
    return seller
      ? oweEmail(planned, now, { message: 'visit-booked', to: { staff: seller }, note, again: true })
      : planned;
  }
  const told = toldStaff(planned).reduce<FirstServiceVisit>(
    (one, staff) =>
      oweEmail(one, now, {
        message: 'visit-cancelled',
        to: { staff },
        note: { reason: word.status },
        again: true,
      }),
    planned,
  );
  return inviteCustomer(told, context);
}
