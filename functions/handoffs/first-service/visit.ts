import type { FirstServiceDue } from '../../contracts/first-service-due.ts';
import { lastOpeningBefore, localDate } from '../../group/business-time.ts';
import type { Context } from '../../handoff/context.ts';
import { addressOf } from '../../handoff/customer-address.ts';
import type { Draft } from '../../handoff/draft.ts';
import { isEnded } from '../../handoff/task.ts';
import { numberAt } from '../../people/across-stores.ts';
import { findManager } from '../../people/routing.ts';
import { canBeNotified, meetsCustomers } from '../../people/staff.ts';
import { type Booking, nextVisit } from '../any-kind/appointments.ts';
import { routeToService } from '../any-kind/route-to-service.ts';
import { announce } from './announced.ts';
import type { FirstServiceVisit } from './task.ts';

/** The first visit: inviting the customer, the advisor and the salesperson who sold the car. */

type VisitDraft = Draft<FirstServiceVisit>;

/** The earliest booked appointment for the first service that is not over. */
export const currentAppointment = ({ facts }: FirstServiceVisit, now: string): Booking | undefined =>
  nextVisit(facts.appointments, now);

export const openVisit =
  (due: FirstServiceDue, invite = inviteCustomer()) =>
  (draft: VisitDraft): VisitDraft => {
    const seller = sellerOf(due, draft.context);
    const booked = currentAppointment(draft.task, draft.context.now);
    return draft
      .also((opening) => (booked ? announce.time(booked)(opening) : opening))
      .assign(routeToService(due.customer, due.serviceAdvisorNumber, draft.context))
      .startDeadline('accept')
      .email({ message: 'first-service-to-prepare', to: 'assignee' })
      .emailEach(seller === undefined ? [] : [seller], { message: 'be-there' })
      .also(invite)
      .event('handoff-task-created')
      .also(planDayBefore);
  };

/** The day of the invitation has come for those who were told of the visit months too early. */
export const openAgain =
  (due: FirstServiceDue) =>
  (draft: VisitDraft): VisitDraft => {
    const seller = sellerOf(due, draft.context);
    return draft
      .startDeadline('accept')
      .email({ message: 'first-service-to-prepare', to: 'assignee', again: true })
      .emailEach(seller === undefined ? [] : [seller], { message: 'be-there', again: true })
      .also(inviteCustomer(true))
      .also(planDayBefore);
  };

/** The salesperson, as a task of this store names them. */
export const sellerNamed = (due: FirstServiceDue, storeId: string): string | undefined =>
  due.salespersonNumber === undefined
    ? undefined
    : numberAt(storeId, { storeId: due.storeId, employeeNumber: due.salespersonNumber });

/** The salesperson who sold the car, or the manager if they have left; undefined if the salesperson is unknown. */
export function sellerOf(due: FirstServiceDue, context: Context): string | undefined {
  const { roster, today } = context;
  const person = context.person(sellerNamed(due, context.store.id));
  if (person && canBeNotified(person, today) && meetsCustomers(person)) return person.employeeNumber;
  return due.salespersonNumber === undefined
    ? undefined
    : findManager({ department: 'sales', roster, on: today })?.employeeNumber;
}

export const inviteCustomer =
  (again = false) =>
  (draft: VisitDraft): VisitDraft => {
    const { task, context } = draft;
    if (addressOf(task, task.facts.due?.customer) === undefined) return draft.noAddress();
    return draft.email({ message: visitMessage(task, context.now), to: 'customer', again });
  };

/** The email to the customer: a confirmation if the visit is booked, else an invitation. */
export const visitMessage = (task: FirstServiceVisit, now: string) =>
  currentAppointment(task, now) ? 'first-service-confirmation' : 'first-service-invitation';

/** Schedules the salesperson's reminder for opening time on the last open day before the visit. */
export function planDayBefore(draft: VisitDraft): VisitDraft {
  const { store, now, calendar } = draft.context;
  const startsAt = currentAppointment(draft.task, now)?.startsAt;
  if (startsAt === undefined) return draft.deadline('day-before', undefined);
  const at = lastOpeningBefore(calendar('sales'), localDate(store.timeZone, startsAt));
  return draft.deadline('day-before', at > now ? at : undefined);
}

export function remindTheDayBefore(draft: VisitDraft): VisitDraft {
  const { task, context } = draft;
  const { due } = task.facts;
  const appointment = currentAppointment(task, context.now);
  const seller = due && sellerOf(due, context);
  if (isEnded(task) || !seller || appointment?.startsAt === undefined) return draft;
  return draft.email({
    message: 'visit-tomorrow',
    to: { staff: seller },
    lapsesAt: appointment.startsAt,
    again: true,
  });
}
