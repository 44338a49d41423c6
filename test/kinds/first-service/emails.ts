import type { FirstServiceDue } from '../../../functions/contracts/first-service-due.ts';
import type { Appointment } from '../../../functions/handoffs/any-kind/appointments.ts';
import { blankFirstService, type FirstServiceVisit } from '../../../functions/handoffs/first-service/task.ts';
import {
  assigned,
  casesIn,
  type EmailCase,
  inKilometers,
  type KindEmails,
  type World,
  when,
} from '../emails.ts';

export const booked: Appointment = {
  appointmentNumber: 'A-77',
  occurredAt: '2026-11-20T20:00:00.000Z',
  status: 'booked',
  startsAt: '2026-11-21T17:00:00.000Z',
  durationMinutes: 45,
};

function dueIn(world: World): FirstServiceDue {
  const { promises, prepaid } = world;
  return {
    ...when,
    storeId: world.store.id,
    customer: world.customer,
    vehicle: world.vehicle,
    dueOn: '2026-12-15',
    ...(world.bare
      ? {}
      : { dueMiles: 7_500, salespersonNumber: world.seller.employeeNumber, promises, prepaid }),
  };
}

export function firstServiceIn(world: World, ...appointments: Appointment[]): FirstServiceVisit {
  const { vin } = world.vehicle;
  const subject = { vin, customerNumber: world.customer.customerNumber };
  return {
    ...blankFirstService(world.store.id, subject, world.now),
    ...assigned(world.advisor),
    facts: { due: dueIn(world), appointments },
  };
}

function cases(world: World): EmailCase[] {
  const { toCustomer, toAdvisor, toSeller } = casesIn(world);
  const visit = firstServiceIn(world, booked);
  const unbooked = firstServiceIn(world);
  const notReturned: FirstServiceVisit = {
    ...unbooked,
    state: 'cancelled',
    ended: { at: world.now, by: 'clock', outcome: 'not returned' },
  };
  const wanting: FirstServiceVisit = {
    ...visit,
    facts: { ...visit.facts, timeWanted: { day: '2026-12-08', part: 'morning' } },
  };
  const cancelled = firstServiceIn(world, { ...booked, status: 'cancelled' });
  return [
    toCustomer('first-service-invitation', 'usual', unbooked),
    casesIn(inKilometers(world)).toCustomer('first-service-invitation', 'in kilometers', unbooked),
    toCustomer('first-service-invitation', 'overdue', unbooked, { now: '2026-12-20T17:00:00.000Z' }),
    toCustomer('first-service-due-today', 'usual', unbooked, { now: '2026-12-15T17:00:00.000Z' }),
    toCustomer('first-service-due-today', 'booked since', visit),
    toCustomer('first-service-overdue', 'usual', unbooked, { now: '2027-01-05T17:00:00.000Z' }),
    toAdvisor('time-wanted', 'usual', wanting, { button: 'Enter the appointment' }),
    toAdvisor('not-returned', 'usual', notReturned),
    toCustomer('first-service-confirmation', 'usual', visit),
    toCustomer('first-service-confirmation', 'cancelled since', cancelled),
    toCustomer('first-service-moved', 'usual', visit),
    toCustomer('first-service-rebook', 'cancelled', cancelled, {
      own: { code: 'visit-cancelled', how: 'cancelled', startsAt: booked.startsAt },
    }),
    toCustomer('first-service-rebook', 'no-show', unbooked, {
      own: { code: 'visit-cancelled', how: 'no-show', startsAt: '2026-11-19T17:00:00.000Z' },
    }),
    toCustomer('first-service-redated', 'not booked', unbooked, {
      own: { code: 'due-moved', from: '2026-06-15' },
    }),
    toCustomer('first-service-redated', 'booked', visit, { own: { code: 'due-moved', from: '2026-06-15' } }),
    toSeller('due-date-moved', 'not booked', unbooked, { own: { code: 'due-moved', from: '2026-06-15' } }),
    toAdvisor('due-date-moved', 'booked', visit, {
      button: 'Accept this handoff',
      own: { code: 'due-moved', from: '2026-06-15' },
    }),
    toAdvisor('first-service-to-prepare', 'booked', visit, { button: 'Accept this handoff' }),
    toAdvisor('first-service-to-prepare', 'not booked', unbooked, { button: 'Enter the appointment' }),
    toSeller('be-there', 'booked', visit),
    toSeller('be-there', 'not booked', unbooked),
    toSeller('visit-booked', 'booked', visit),
    toSeller('visit-booked', 'moved', visit, { own: { code: 'visit-moved' } }),
    toAdvisor('visit-booked', 'moved, to the advisor', visit, {
      button: 'Accept this handoff',
      own: { code: 'visit-moved' },
    }),
    toSeller('visit-tomorrow', 'usual', visit),
    toAdvisor('visit-tomorrow', 'to the advisor', visit, { button: 'Accept this handoff' }),
    toCustomer('first-service-tomorrow', 'usual', visit),
    toCustomer('first-service-tomorrow', 'cancelled since', cancelled),
    toSeller('visit-cancelled', 'cancelled', cancelled, {
      own: { code: 'visit-cancelled', how: 'cancelled' },
    }),
    toAdvisor('visit-cancelled', 'no-show', unbooked, {
      button: 'Enter the appointment',
      own: { code: 'visit-cancelled', how: 'no-show' },
    }),
  ];
}

export const firstServiceEmails: KindEmails = { task: (world) => firstServiceIn(world), cases };
