import type { AppointmentAhead } from '../../contracts/appointment-ahead.ts';
import type { CustomerCards } from '../../customers/ports.ts';
import type { Context } from '../../handoff/context.ts';
import { unchanged } from '../../handoff/draft.ts';
import { currentBooking } from '../../history/appointments-ahead.ts';
import { decideAndDeliver } from '../../outbox/decide-and-deliver.ts';
import { expectedOn } from '../../readiness/expected-visit.ts';
import { askable, assessAppointment, decideAppointment, passOverAppointment } from './appointment.ts';
import { withArm } from './decide-by-arm.ts';
import { whoIsExpected } from './expected-customer.ts';
import { knowledgeIfReady, type Reasons } from './knowledge.ts';
import { madeOf, type ReviewServices } from './review-repair-quote.ts';
import { blankAppointment, type RepairOptions } from './task.ts';

export interface AheadServices extends ReviewServices {
  readonly customers: CustomerCards;
}

/**
 * A customer is expected, and the advisor's last list before the visit is about to be sent. The event only says where to look:
 * the car's own record decides, so an appointment that has been moved or cancelled since is ignored.
 */
export async function reviewAppointment(services: AheadServices, ahead: AppointmentAhead): Promise<string> {
  const { storeId, appointmentNumber } = ahead;
  const { outcome } = await decideAndDeliver(services, {
    storeId,
    blank: (now) => blankAppointment(storeId, appointmentNumber, now),
    decide: async (known, context) => {
      const task = askable(known, ahead, context);
      const passed = passOverAppointment(task, ahead, context);
      if (passed) return passed;
      const assessed = await assessmentOf(services, task, ahead, context);
      if (typeof assessed === 'string') return unchanged(known, assessed);
      // Stored before acting on it, so that every email can be traced to its reasons.
      const made = madeOf(assessed, context);
      const isFirst = made === undefined || (await services.decisions.keepUnlessSilent(made));
      // The same appointment again: anything that has become known since is no reason to ask now.
      if (!isFirst && made?.assessment.nudge === true) return unchanged(known, 'silent-before');
      return decideAppointment(task, assessed, context);
    },
  });
  return outcome;
}

/** The current appointment with its assessment, or the reason why there is none. */
async function assessmentOf(
  services: AheadServices,
  task: RepairOptions,
  ahead: AppointmentAhead,
  context: Context,
): Promise<RepairOptions | 'not-booked-any-more' | 'nobody-known'> {
  const car = await services.cars.read(ahead.vin);
  const booking = currentBooking(car.appointments, ahead);
  if (!booking || expectedOn(booking, context.store.timeZone) !== ahead.on) return 'not-booked-any-more';
  const occasion = await whoIsExpected(services, { ...booking, vin: ahead.vin }, ahead.on);
  if (!occasion) return 'nobody-known';
  const isReady = (reasons: Reasons) =>
    assessAppointment(task, occasion, { ...reasons, circumstances: {} }, context).assessment?.nudge === true;
  const knowledge = await knowledgeIfReady(services, { task, occasion, car }, isReady, context);
  const assess = (one: RepairOptions) => assessAppointment(one, occasion, knowledge, context);
  const first = assess(task);
  const drawn = await withArm(services, task, first);
  return drawn ? assess(drawn) : first;
}
