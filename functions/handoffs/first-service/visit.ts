import type { FirstServiceDue } from '../../contracts/first-service-due.ts';
import { addressOf } from '../../customers/customer.ts';
import { calendarOf, lastOpeningBefore, localDate } from '../../group/business-time.ts';
import { startClock } from '../../handoff/deadlines.ts';
import { assign, type Context, log, oweEmail, oweEvent, setDeadline } from '../../handoff/draft.ts';
import { routeToService } from '../../handoff/reassign.ts';
import { type Appointment, type FirstServiceVisit, isEnded } from '../../handoff/task.ts';
import { findManager } from '../../people/routing.ts';
import { canBeTold, findPerson } from '../../people/staff.ts';

/** Who is asked to the first visit, and when: the customer, the advisor, and the salesperson who sold the car. */

/** The appointment that counts: the earliest that is booked and not over. */
export function currentAppointment(task: FirstServiceVisit, now: string): Appointment | undefined {
  return task.facts.appointments
    .filter((one) => one.status === 'booked' && one.startsAt !== undefined && one.startsAt > now)
    .toSorted((one, other) => ((one.startsAt ?? '') < (other.startsAt ?? '') ? -1 : 1))[0];
}

export function openVisit(
  task: FirstServiceVisit,
  due: FirstServiceDue,
  context: Context,
): FirstServiceVisit {
  const { now } = context;
  const routed = routeToService(due.customer.customerNumber, due.serviceAdvisorNumber, context);
  const assigned = startClock(assign(task, routed, now), 'accept', context);
  const advised = oweEmail(assigned, now, {
    message: 'first-service-to-prepare',
    to: { staff: routed.employeeNumber },
  });
  const seller = sellerOf(due, context);
  const asked = seller ? oweEmail(advised, now, { message: 'be-there', to: { staff: seller } }) : advised;
  const created = oweEvent(inviteCustomer(asked, context), now, 'handoff-task-created');
  return planDayBefore(created, context);
}

/** Who sold the car, if still here, else the manager. Where nobody knows who sold it, the advisor alone is asked. */
export function sellerOf(due: FirstServiceDue, { roster, store, now }: Context): string | undefined {
  const person = due.salespersonNumber ? findPerson(roster, due.salespersonNumber) : undefined;
  const today = localDate(store.timeZone, now);
  if (person && canBeTold(person, today)) return person.employeeNumber;
  return due.salespersonNumber === undefined
    ? undefined
    : findManager({ department: 'sales', roster, on: today })?.employeeNumber;
}

export function inviteCustomer(task: FirstServiceVisit, { now }: Context, again = false): FirstServiceVisit {
  if (addressOf(task) === undefined) return log(task, now, 'dms', 'no email address of the customer');
  return oweEmail(task, now, { message: visitMessage(task, now), to: 'customer', again });
}

/** What is to be said to the customer of the first visit: when it is, or that it is time. */
export const visitMessage = (task: FirstServiceVisit, now: string) =>
  currentAppointment(task, now) ? 'first-service-confirmation' : 'first-service-invitation';

/** The salesperson is reminded at the opening of the last open day before the visit. */
export function planDayBefore(task: FirstServiceVisit, context: Context): FirstServiceVisit {
  const { store, now } = context;
  const startsAt = currentAppointment(task, now)?.startsAt;
  if (startsAt === undefined) return setDeadline(task, 'day-before', undefined);
  const at = lastOpeningBefore(calendarOf(store, 'sales'), localDate(store.timeZone, startsAt));
  return setDeadline(task, 'day-before', at > now ? at : undefined);
}

export function remindTheDayBefore(task: FirstServiceVisit, context: Context): FirstServiceVisit {
  const { due } = task.facts;
  const appointment = currentAppointment(task, context.now);
  const seller = due && sellerOf(due, context);
  if (isEnded(task) || !seller || appointment?.startsAt === undefined) return task;
  return oweEmail(task, context.now, {
    message: 'visit-tomorrow',
    to: { staff: seller },
    lapsesAt: appointment.startsAt,
    again: true,
  });
}
