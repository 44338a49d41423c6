import type { FirstServiceDue } from '../../contracts/first-service-due.ts';
import { lastOpeningBefore, localDate } from '../../group/business-time.ts';
import type { Context } from '../../handoff/context.ts';
import { addressOf } from '../../handoff/customer-address.ts';
import type { Draft } from '../../handoff/draft.ts';
import { isEnded } from '../../handoff/task.ts';
import { findManager } from '../../people/routing.ts';
import { canBeTold } from '../../people/staff.ts';
import { routeToService } from '../any-kind/route-to-service.ts';
import type { Appointment, FirstServiceVisit } from './task.ts';

/** Who is asked to the first visit, and when: the customer, the advisor, and the salesperson who sold the car. */

type VisitDraft = Draft<FirstServiceVisit>;

/** The appointment that counts: the earliest that is booked and not over. */
export function currentAppointment(task: FirstServiceVisit, now: string): Appointment | undefined {
  return task.facts.appointments
    .filter((one) => one.status === 'booked' && one.startsAt !== undefined && one.startsAt > now)
    .toSorted((one, other) => ((one.startsAt ?? '') < (other.startsAt ?? '') ? -1 : 1))[0];
}

export const openVisit =
  (due: FirstServiceDue) =>
  (one: VisitDraft): VisitDraft => {
    const seller = sellerOf(due, one.context);
    return one
      .assign(routeToService(due.customer.customerNumber, due.serviceAdvisorNumber, one.context))
      .startDeadline('accept')
      .email({ message: 'first-service-to-prepare', to: 'assignee' })
      .emailEach(seller === undefined ? [] : [seller], { message: 'be-there' })
      .also(inviteCustomer())
      .event('handoff-task-created')
      .also(planDayBefore);
  };

/** Who sold the car, if still here, else the manager. If nobody knows who sold it, only the advisor is asked. */
export function sellerOf(due: FirstServiceDue, context: Context): string | undefined {
  const { roster, today } = context;
  const person = context.person(due.salespersonNumber);
  if (person && canBeTold(person, today)) return person.employeeNumber;
  return due.salespersonNumber === undefined
    ? undefined
    : findManager({ department: 'sales', roster, on: today })?.employeeNumber;
}

export const inviteCustomer =
  (again = false) =>
  (one: VisitDraft): VisitDraft => {
    const { task, context } = one;
    if (addressOf(task, task.facts.due?.customer) === undefined) return one.noAddress();
    return one.email({ message: visitMessage(task, context.now), to: 'customer', again });
  };

/** What to tell the customer of the first visit: when it is, or that it is time. */
export const visitMessage = (task: FirstServiceVisit, now: string) =>
  currentAppointment(task, now) ? 'first-service-confirmation' : 'first-service-invitation';

/** The salesperson is reminded at the opening of the last open day before the visit. */
export function planDayBefore(one: VisitDraft): VisitDraft {
  const { store, now, calendar } = one.context;
  const startsAt = currentAppointment(one.task, now)?.startsAt;
  if (startsAt === undefined) return one.deadline('day-before', undefined);
  const at = lastOpeningBefore(calendar('sales'), localDate(store.timeZone, startsAt));
  return one.deadline('day-before', at > now ? at : undefined);
}

export function remindTheDayBefore(one: VisitDraft): VisitDraft {
  const { task, context } = one;
  const { due } = task.facts;
  const appointment = currentAppointment(task, context.now);
  const seller = due && sellerOf(due, context);
  if (isEnded(task) || !seller || appointment?.startsAt === undefined) return one;
  return one.email({
    message: 'visit-tomorrow',
    to: { staff: seller },
    lapsesAt: appointment.startsAt,
    again: true,
  });
}
