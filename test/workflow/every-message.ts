import { dayMessages, messages } from '../../functions/handoffs/letters.ts';
import { longTermCustomer } from '../support/customers.ts';
import { emailsIn } from '../support/emails-in.ts';
import { DAY, type SentEmail, type World } from '../support/world.ts';

/** Days at two stores in which every message that there is gets sent, and every link in them is still in force. */
export async function everyMessage(world: World): Promise<void> {
  await introductions(world);
  await firstServices(world);
  await longTermCustomer(world);
  await world.putSample('repair-quote-high');
  await world.putSample('repair-quote-high', {
    occurredAt: '2026-11-20T17:50:00Z',
    promisedAt: '2026-11-21T00:30:00Z',
  });
  // To the day before the visit; what nobody takes up is late by then.
  await world.advance(3 * DAY);
}

export const everyMessageName = [...messages.keys(), ...Object.keys(dayMessages)].toSorted();

/** The messages that these emails are, by what the item that owed each of them says. */
export async function messagesOf(world: World, emails: readonly SentEmail[]): Promise<string[]> {
  const { tasks } = world.services();
  const names = new Set<string>();
  for (const { tags } of emails) {
    const item = (await tasks.read(tags.task)) ?? (await tasks.readDay(tags.task));
    const entry = item && emailsIn(item).find(({ id }) => id === tags.entry);
    if (entry) names.add(entry.message);
  }
  return [...names].toSorted();
}

async function introductions(world: World): Promise<void> {
  const salespeople = [{ employeeNumber: '1077' }, { employeeNumber: '1078' }];
  await sell(world, 'D-1', { salespeople });
  await sell(world, 'D-2');
  await world.put('deal-unwound', { storeId: SUBARU, dealNumber: 'D-2', occurredAt: world.now });
  const moved = await sell(world, 'D-3');
  await world.answer(moved, { choice: 'decline', reason: 'On vacation' });
  await sell(world, 'D-4');
  const email = world.inbox('d-4@example.com').at(0);
  if (email) await world.report(email, 'Bounce', 'Permanent');
}

async function sell(world: World, dealNumber: string, change: object = {}): Promise<string> {
  const about = { customer: customerOf(dealNumber), vehicle: carOf(dealNumber) };
  await world.putSample('vehicle-sold', { dealNumber, ...about, ...change });
  const sold = (await world.tasks('service-introduction')).find(
    ({ subject }) => subject.dealNumber === dealNumber,
  );
  return sold?.taskId ?? '';
}

async function firstServices(world: World): Promise<void> {
  const [booked, cancelled, moved] = [customerOf('F-1'), customerOf('F-2'), customerOf('F-3')];
  const due = { dueOn: '2026-12-10', occurredAt: world.now };
  await world.putSample('first-service-due', { ...due, customer: booked, vehicle: carOf('F-1') });
  await world.put('service-appointment-booked', appointmentOf(world, 'F-1'));
  // Booked before it was due, so that the customer gets a confirmation.
  await world.put('service-appointment-booked', appointmentOf(world, 'F-2'));
  await world.putSample('first-service-due', { ...due, customer: cancelled, vehicle: carOf('F-2') });
  await world.put('service-appointment-booked', appointmentOf(world, 'F-3'));
  await world.putSample('first-service-due', { ...due, customer: moved, vehicle: carOf('F-3') });
  world.now = new Date(Date.parse(world.now) + 60_000).toISOString();
  await world.put('service-appointment-cancelled', {
    ...appointmentOf(world, 'F-2'),
    reason: 'cancelled',
  });
  await world.put('service-appointment-booked', {
    ...appointmentOf(world, 'F-3'),
    startsAt: '2026-11-25T15:00:00.000Z',
  });
}

const SUBARU = 'lakeshore-subaru';

const customerOf = (number: string) => ({
  customerNumber: number,
  firstName: 'Kim',
  lastName: `No ${number}`,
  email: `${number.toLowerCase()}@example.com`,
});

/** Each customer has a car of their own: a car that is sold again ends the former owner's first service. */
const carOf = (number: string) => ({
  vin: `4S4BTGND8V31${number.charCodeAt(0)}${number.slice(2).padStart(3, '0')}`,
  year: 2027,
  make: 'Subaru',
  model: 'Outback Premium',
});

const appointmentOf = (world: World, customerNumber: string) => ({
  storeId: SUBARU,
  occurredAt: world.now,
  appointmentNumber: `A-${customerNumber}`,
  vin: carOf(customerNumber).vin,
  customerNumber,
  startsAt: '2026-11-24T15:00:00.000Z',
});
