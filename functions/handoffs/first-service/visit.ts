import type { FirstServiceDue } from '../../contracts/first-service-due.ts';
import { addDays, lastOpeningBefore, localDate, openingOn, startOfDay } from '../../group/business-time.ts';
import type { Department } from '../../group/group.ts';
import type { Context } from '../../handoff/context.ts';
import { addressOf } from '../../handoff/customer-address.ts';
import type { Draft } from '../../handoff/draft.ts';
import { earliest, lapse } from '../../handoff/outbox.ts';
import { isEnded } from '../../handoff/task.ts';
import { numberAt } from '../../people/across-stores.ts';
import { findManager } from '../../people/routing.ts';
import { canBeNotified, meetsCustomers } from '../../people/staff.ts';
import { type Booking, nextVisit, visitsToCome } from '../any-kind/appointments.ts';
import { routeToService } from '../any-kind/route-to-service.ts';
import { announce } from './announced.ts';
import type { FirstServiceVisit } from './task.ts';

/** The first visit: inviting the customer, the advisor and the salesperson who sold the car. */

type VisitDraft = Draft<FirstServiceVisit>;

/** The earliest booked appointment for the first service that is not over. */
export const currentAppointment = ({ facts }: FirstServiceVisit, now: string): Booking | undefined =>
  nextVisit(facts.appointments, now);

/** Gives the handoff to somebody in Service; people who were already notified of a booked time are not notified again. */
export const openVisit =
  (due: FirstServiceDue, invite = inviteCustomer()) =>
  (draft: VisitDraft): VisitDraft => {
    const isAnnounced = isTold(draft.task, draft.context.now);
    const seller = isAnnounced ? undefined : sellerOf(due, draft.context);
    return draft
      .also(announceCurrent)
      .assign(routeToService(due.customer, { ownNumber: due.serviceAdvisorNumber }, draft.context))
      .startDeadline('accept')
      .email({ message: 'first-service-to-prepare', to: 'assignee' })
      .emailEach(seller === undefined ? [] : [seller], { message: 'be-there' })
      .also(invite)
      .announce()
      .also(planDayBefore);
  };

/** Reopens the handoff on the day of the invitation, for people who were notified of the visit months too early. */
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

function announceCurrent(draft: VisitDraft): VisitDraft {
  const booked = currentAppointment(draft.task, draft.context.now);
  return booked ? announce.time(booked)(draft) : draft;
}

/** Whether people were sent the time that is currently booked. */
function isTold(task: FirstServiceVisit, now: string): boolean {
  const { announced } = task.facts;
  return announced?.stands === true && announced.startsAt === currentAppointment(task, now)?.startsAt;
}

/**
 * A visit booked long before it is due: the customer gets the confirmation, the salesperson the time, and Service the handoff
 * on its day.
 */
export const announceBooked =
  (due: FirstServiceDue, invite = inviteCustomer()) =>
  (draft: VisitDraft): VisitDraft => {
    if (!currentAppointment(draft.task, draft.context.now)) return draft;
    const seller = sellerOf(due, draft.context);
    return draft
      .also(announceCurrent)
      .emailEach(seller === undefined ? [] : [seller], { message: 'be-there' })
      .also(invite)
      .also(planDayBefore);
  };

/** When Service gets it: some weeks before it is due, but never later than the day before a booked visit. */
export function releaseAt(task: FirstServiceVisit, due: FirstServiceDue, context: Context): string {
  const invitation = invitationAt(due, context);
  const booked = currentAppointment(task, context.now);
  return earliest([invitation, booked && dayBefore(booked, 'service', context)]) ?? invitation;
}

export const planRelease =
  (due: FirstServiceDue) =>
  (draft: VisitDraft): VisitDraft =>
    draft.deadline('release', releaseAt(draft.task, due, draft.context));

export function invitationAt({ dueOn }: FirstServiceDue, { group, store, calendar }: Context): string {
  const invite = addDays(dueOn, -group.firstService.inviteDaysBefore);
  return openingOn(calendar('service'), invite) ?? startOfDay(store.timeZone, invite);
}

/** When the department opens on its last open day before the visit. */
const dayBefore = ({ startsAt }: Booking, department: Department, { store, calendar }: Context) =>
  lastOpeningBefore(calendar(department), localDate(store.timeZone, startsAt));

/** The salesperson's number, as this store's tasks use it. */
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

export const REMINDERS = ['visit-tomorrow', 'first-service-tomorrow'] as const;

/**
 * Schedules the reminders for the last open day before the next visit that can still be reminded of in time. Queued reminders
 * of any other time lapse.
 */
export function planDayBefore(draft: VisitDraft): VisitDraft {
  const { context } = draft;
  const startsAt = currentAppointment(draft.task, context.now)?.startsAt;
  return draft
    .change((task) => ({ ...task, outbox: task.outbox.map(lapseUnlessOf(startsAt)) }))
    .deadline('day-before', nextReminderAt(draft.task, context));
}

/**
 * If several appointments are booked and one passes without news, people are reminded of the next one as well, but not before
 * the former has passed. Appointments on one day share a reminder.
 */
function nextReminderAt({ facts }: FirstServiceVisit, context: Context): string | undefined {
  const { now, store } = context;
  const dayOf = ({ startsAt }: Booking) => localDate(store.timeZone, startsAt);
  return visitsToCome(facts.appointments, now)
    .map((visit, at, all) => {
      const last = all[at - 1];
      if (last && dayOf(last) === dayOf(visit)) return undefined;
      const opens = firstOpening(visit, context);
      return opens !== undefined && last && last.startsAt > opens ? last.startsAt : opens;
    })
    .find((at) => at !== undefined && at > now);
}

/** When the first of the departments opens on its last open day before the visit. */
const firstOpening = (visit: Booking, context: Context): string | undefined =>
  earliest((['sales', 'service'] as const).map((department) => dayBefore(visit, department, context)));

const lapseUnlessOf = (startsAt: string | undefined) => (entry: FirstServiceVisit['outbox'][number]) =>
  entry.type === 'email' &&
  entry.state === 'owed' &&
  REMINDERS.some((one) => one === entry.message) &&
  entry.lapsesAt !== startsAt
    ? lapse(entry, { code: 'superseded' })
    : entry;

/**
 * Reminds each person when their own department opens on its last day before the visit. If sweeps were down meanwhile, only
 * the visit that is next by then is left to remind of.
 */
export function remindTheDayBefore(draft: VisitDraft): VisitDraft {
  const { task, context } = draft;
  const { due } = task.facts;
  const visit = currentAppointment(task, context.now);
  if (isEnded(task) || !due || !visit) return draft;
  if ((firstOpening(visit, context) ?? '') > context.now) return planDayBefore(draft);
  const { startsAt: lapsesAt } = visit;
  const remind = (department: Department) => {
    const notBefore = dayBefore(visit, department, context) ?? context.now;
    return { ...(notBefore > context.now ? { notBefore } : {}), lapsesAt, again: true };
  };
  const seller = sellerOf(due, context);
  // Somebody who got the handoff just now has read the same already.
  const hasJustGot = task.assignee?.since === context.now;
  const isWritten = addressOf(task, due.customer) !== undefined;
  return draft
    .when(!isTold(task, context.now), announceCurrent)
    .emailEach(seller === undefined ? [] : [seller], { message: 'visit-tomorrow', ...remind('sales') })
    .when(!hasJustGot, (current) =>
      current.email({ message: 'visit-tomorrow', to: 'assignee', ...remind('service') }),
    )
    .when(isWritten, (current) =>
      current.email({ message: 'first-service-tomorrow', to: 'customer', ...remind('service') }),
    )
    .also(planDayBefore);
}
