import type { DealUnwound } from '../contracts/deal-unwound.ts';
import type { FirstServiceDue } from '../contracts/first-service-due.ts';
import type { ServiceAppointmentBooked } from '../contracts/service-appointment-booked.ts';
import type { ServiceAppointmentCancelled } from '../contracts/service-appointment-cancelled.ts';
import type { ServiceVisitCompleted } from '../contracts/service-visit-completed.ts';
import {
  addDays,
  calendarOf,
  daysBetween,
  lastOpeningBefore,
  localDate,
  openingOn,
  startOfDay,
} from './business-time.ts';
import { startClock } from './clocks.ts';
import {
  assign,
  blank,
  type Context,
  changed,
  type Decision,
  emailsOf,
  end,
  log,
  oweEmail,
  oweEvent,
  setDeadline,
  step,
  toldStaff,
  unchanged,
} from './draft.ts';
import { establishedBy, findManager, route } from './routing.ts';
import { findPerson, isActive } from './staff.ts';
import { type Appointment, type FirstServiceVisit, isEnded, isOpen } from './task.ts';

/**
 * The customer comes back for the first service: invited to book, met by the salesperson who sold the car. Everything
 * that concerns this customer's car at this store meets in one item: the due date, appointments, the visit.
 */
/** More appointments of one first service than anybody books. */
const APPOINTMENTS = 12;

export function blankFirstService(
  storeId: string,
  subject: { vin: string; customerNumber: string },
  now: string,
): FirstServiceVisit {
  const kind = 'first-service-visit';
  const { vin, customerNumber } = subject;
  return {
    ...blank({ kind, storeId, vin, customerNumber }, now),
    kind,
    subject: { vin, customerNumber },
    facts: { appointments: [] },
  };
}

export function decideDue(
  before: FirstServiceVisit,
  due: FirstServiceDue,
  raisedByUs: boolean,
  context: Context,
): Decision<FirstServiceVisit> {
  const known = before.facts.due;
  const ours = before.facts.raisedByUs === true;
  // A word of the DMS replaces the date that the sale gave us; ours never replaces one of the DMS.
  const newer = !known || (!raisedByUs && (ours || due.occurredAt > known.occurredAt));
  if (!newer) return unchanged(before, 'already-known');
  const task: FirstServiceVisit = {
    ...before,
    updatedAt: context.now,
    facts: { ...before.facts, due: known ? withWhatWasKnown(due, known) : due, raisedByUs },
    ...(due.correlationId === undefined ? {} : { correlationId: due.correlationId }),
  };
  return known ? correct(task, known, due, context) : begin(task, due, context);
}

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

/** A closed order with customer or warranty work is the first visit; preparing the car for delivery is not. */
export function decideVisited(
  before: FirstServiceVisit,
  visit: ServiceVisitCompleted,
  context: Context,
): Decision<FirstServiceVisit> {
  if (visit.customerPayCents + visit.warrantyCents === 0 && visit.internalCents > 0) {
    return unchanged(before, 'not-a-visit: internal work only');
  }
  if (before.facts.visited || isEnded(before)) return unchanged(before, 'already-known');
  const { occurredAt, roNumber, closedOn } = visit;
  const task = {
    ...before,
    updatedAt: context.now,
    facts: { ...before.facts, visited: { occurredAt, roNumber, closedOn } },
  };
  if (!task.facts.due) return changed(log(task, context.now, 'dms', 'visited'), 'kept-for-later');
  if (task.state === 'history') return changed(task, 'kept-for-history');
  return changed(end(task, context.now, 'outcome', { outcome: 'visited', who: 'dms' }), 'completed');
}

export function decideSaleUnwound(
  before: FirstServiceVisit,
  { occurredAt }: Pick<DealUnwound, 'occurredAt'>,
  context: Context,
): Decision<FirstServiceVisit> {
  if (before.facts.unwound) return unchanged(before, 'already-known');
  const task = { ...before, updatedAt: context.now, facts: { ...before.facts, unwound: { occurredAt } } };
  if (isEnded(task)) return changed(task, 'already-ended');
  if (!task.facts.due) return changed(log(task, context.now, 'dms', 'deal unwound'), 'kept-for-later');
  return changed(
    end(task, context.now, 'closing fact', { outcome: 'deal unwound', who: 'dms' }),
    'cancelled',
  );
}

/** What the clock brings: the day to invite, and the day before the visit. */
export function tickFirstService(task: FirstServiceVisit, context: Context): FirstServiceVisit {
  const { due } = task.facts;
  const { release, 'day-before': dayBefore } = task.deadlines;
  const released =
    due && task.state === 'waiting' && release !== undefined && release <= context.now
      ? open(step(setDeadline(task, 'release', undefined), 'release', context.now, 'clock'), due, context)
      : task;
  if (dayBefore === undefined || dayBefore > context.now) return released;
  return remindTheDayBefore(setDeadline(released, 'day-before', undefined), context);
}

/** The appointment that counts: the earliest that is booked and not over. */
export function currentAppointment(task: FirstServiceVisit, now: string): Appointment | undefined {
  return task.facts.appointments
    .filter((one) => one.status === 'booked' && one.startsAt !== undefined && one.startsAt > now)
    .toSorted((one, other) => ((one.startsAt ?? '') < (other.startsAt ?? '') ? -1 : 1))[0];
}

/** The sale's advisor, salesperson and promises stay known where the DMS's word leaves them out. */
function withWhatWasKnown(due: FirstServiceDue, known: FirstServiceDue): FirstServiceDue {
  const { dealNumber, salespersonNumber, serviceAdvisorNumber, promises, prepaid, dueMiles } = known;
  const kept = { dealNumber, salespersonNumber, serviceAdvisorNumber, promises, prepaid, dueMiles };
  return { ...kept, ...due };
}

function begin(task: FirstServiceVisit, due: FirstServiceDue, context: Context): Decision<FirstServiceVisit> {
  const { now, store, group } = context;
  if (task.facts.unwound) {
    const ended = end(task, now, 'closing fact', { outcome: 'deal unwound', who: 'dms' });
    return changed(ended, 'cancelled: unwound before it came');
  }
  if (task.facts.visited) {
    return changed(step(task, 'old fact', now, 'dms', 'the customer has been here'), 'already-visited');
  }
  if (store.mode === 'off')
    return changed(step(task, 'old fact', now, 'dms', 'the store is off'), 'store-off');
  const today = localDate(store.timeZone, now);
  const latest = [due.dueOn, localDate(store.timeZone, due.occurredAt)].toSorted()[1] ?? due.dueOn;
  if (daysBetween(latest, today) > group.actOnFactsOfDays) {
    return changed(step(task, 'old fact', now, 'dms', 'due too long ago'), 'kept-for-history');
  }
  const invite = addDays(due.dueOn, -group.firstService.inviteDaysBefore);
  if (invite > today && !currentAppointment(task, now)) {
    const waiting = step(task, 'early fact', now, 'dms', `invitation on ${invite}`);
    const at = openingOn(calendarOf(store, 'service'), invite) ?? startOfDay(store.timeZone, invite);
    return changed(setDeadline(waiting, 'release', at), 'waiting-to-invite');
  }
  return changed(open(step(task, 'opening fact', now, 'dms'), due, context), 'created');
}

function open(task: FirstServiceVisit, due: FirstServiceDue, context: Context): FirstServiceVisit {
  const { now, store, roster, group } = context;
  const today = localDate(store.timeZone, now);
  const routed = route({
    department: 'service',
    roster,
    on: today,
    ownNumber: due.serviceAdvisorNumber,
    customer: `${store.id}/${due.customer.customerNumber}`,
    establishedBy: establishedBy(today, group.establishedAfterDays),
  });
  const assigned = startClock(assign(task, routed, now), 'accept', context);
  const advised = oweEmail(assigned, now, {
    message: 'first-service-to-prepare',
    to: { staff: routed.employeeNumber },
  });
  const seller = sellerOf(due, context);
  const asked = seller ? oweEmail(advised, now, { message: 'be-there', to: { staff: seller } }) : advised;
  const created = oweEvent(inviteCustomer(asked, due, context), now, 'handoff-task-created');
  return planDayBefore(created, context);
}

/** Who sold the car, if still here: else nobody is asked to be there, the advisor is. */
function sellerOf(due: FirstServiceDue, { roster, store, now }: Context): string | undefined {
  const person = due.salespersonNumber ? findPerson(roster, due.salespersonNumber) : undefined;
  const today = localDate(store.timeZone, now);
  if (person && isActive(person, today)) return person.employeeNumber;
  return due.salespersonNumber === undefined
    ? undefined
    : findManager({ department: 'sales', roster, on: today })?.employeeNumber;
}

function inviteCustomer(task: FirstServiceVisit, due: FirstServiceDue, { now }: Context): FirstServiceVisit {
  if (due.customer.email === undefined) return log(task, now, 'dms', 'no email address of the customer');
  const message = currentAppointment(task, now) ? 'first-service-confirmation' : 'first-service-invitation';
  return oweEmail(task, now, { message, to: 'customer' });
}

function correct(
  task: FirstServiceVisit,
  known: FirstServiceDue,
  due: FirstServiceDue,
  context: Context,
): Decision<FirstServiceVisit> {
  const { now, store, group } = context;
  if (isEnded(task)) return changed(log(task, now, 'dms', 'due date corrected'), 'already-ended');
  const logged = log(task, now, 'dms', 'due date corrected');
  if (logged.state === 'waiting') {
    const invite = addDays(due.dueOn, -group.firstService.inviteDaysBefore);
    const at = openingOn(calendarOf(store, 'service'), invite) ?? startOfDay(store.timeZone, invite);
    return changed(tickFirstService(setDeadline(logged, 'release', at), context), 'corrected');
  }
  if (!isOpen(logged)) return changed(logged, 'corrected');
  const addressIsNew = due.customer.email !== undefined && due.customer.email !== known.customer.email;
  const written = [
    ...emailsOf(logged, 'first-service-invitation', 'customer'),
    ...emailsOf(logged, 'first-service-confirmation', 'customer'),
  ];
  const reached = written.some((entry) => entry.state !== 'given-up' && entry.reported !== 'bounced');
  return changed(addressIsNew && !reached ? inviteAgain(logged, due, context) : logged, 'corrected');
}

function inviteAgain(task: FirstServiceVisit, due: FirstServiceDue, context: Context): FirstServiceVisit {
  const message = currentAppointment(task, context.now)
    ? 'first-service-confirmation'
    : 'first-service-invitation';
  return due.customer.email === undefined
    ? task
    : oweEmail(task, context.now, { message, to: 'customer', again: true });
}

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
  if (task.state === 'waiting') {
    if (!is) return task;
    // Booked before the invitation went out: the visit has a date, so the handoff begins now.
    return open(
      step(setDeadline(task, 'release', undefined), 'release', now, 'dms', 'booked early'),
      due,
      context,
    );
  }
  const planned = planDayBefore(task, context);
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
  return inviteCustomer(told, due, context);
}

/** The salesperson is reminded at the opening of the last open day before the visit. */
function planDayBefore(task: FirstServiceVisit, context: Context): FirstServiceVisit {
  const { store, now } = context;
  const startsAt = currentAppointment(task, now)?.startsAt;
  if (startsAt === undefined) return setDeadline(task, 'day-before', undefined);
  const at = lastOpeningBefore(calendarOf(store, 'sales'), localDate(store.timeZone, startsAt));
  return setDeadline(task, 'day-before', at > now ? at : undefined);
}

function remindTheDayBefore(task: FirstServiceVisit, context: Context): FirstServiceVisit {
  const { due } = task.facts;
  const appointment = currentAppointment(task, context.now);
  const seller = due && sellerOf(due, context);
  if (!isOpen(task) || !seller || appointment?.startsAt === undefined) return task;
  return oweEmail(task, context.now, {
    message: 'visit-tomorrow',
    to: { staff: seller },
    lapsesAt: appointment.startsAt,
    again: true,
  });
}
