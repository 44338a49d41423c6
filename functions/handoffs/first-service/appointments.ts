import type { ReportedAppointment } from '../../contracts/reported-appointment.ts';
import type { Context } from '../../handoff/context.ts';
import { type Decision, draft, repeated, unchanged } from '../../handoff/draft.ts';
import { isOpen } from '../../handoff/task.ts';
import { type Appointment, appointmentFrom, withUpdate } from '../any-kind/appointments.ts';
import { type News, notifyOfAppointment } from './appointment-news.ts';
import { withOtherWork } from './first-service-rule.ts';
import { type FirstServiceVisit, firstServiceTraits } from './task.ts';

/** Service appointments: booked, moved and cancelled. Updates may arrive in any order. */

/** An appointment counts if it is at the store that services the car, or at the one that sold it. */
export const decideReported = (
  before: FirstServiceVisit,
  reported: ReportedAppointment,
  context: Context,
): Decision<FirstServiceVisit> =>
  [before.storeId, before.soldAt].includes(reported.detail.storeId)
    ? decideAppointment(before, appointmentFrom(reported), context)
    : unchanged(before, 'at-another-store');

/** Applies an update from the bus, or from the page where staff entered it: `by` is not notified of it. */
export function decideAppointment(
  before: FirstServiceVisit,
  update: Appointment,
  context: Context,
  by?: string,
): Decision<FirstServiceVisit> {
  const { appointmentNumber, status } = update;
  const updated = withUpdate(before.facts.appointments, update);
  if (!updated) return unchanged(before, 'already-known');
  const { appointments, known, merged } = updated;
  const facts = { ...before.facts, appointments: [...appointments] };
  const task = withOtherWork({ ...before, facts }, context);
  if (updated.isRepeat) return repeated(task);
  const is = task.facts.appointments.find((one) => one.appointmentNumber === appointmentNumber);
  const noted = draft({ ...task, updatedAt: context.now }, firstServiceTraits, context).note({
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
