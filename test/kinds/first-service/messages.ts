import { plusDays } from '../../../functions/group/business-time.ts';
import type { World } from '../../support/world.ts';
import { linksIn, post } from '../../workflow/answer-visitor.ts';
import { carOf, customerOf, type KindMessages, SUBARU } from '../messages.ts';

export const firstServiceMessages: KindMessages = async (world) => {
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
  await post(world, visitLink(world, 'f-1@example.com'), { choice: 'another-time', part: 'any' });
  await earlier(world, 10, () => world.putSample('first-service-due', dueOn(world, 'F-5', 11)));
  await earlier(world, 10, () => world.putSample('first-service-due', dueOn(world, 'F-6', -10)));
  const sent = world.inbox().length;
  await earlier(world, 29, () => world.putSample('first-service-due', dueOn(world, 'F-7', -2)));
  // It is closed when the links of its emails have expired.
  world.sent.length = sent;
  const redated = { customer: customerOf('F-4'), vehicle: carOf('F-4') };
  await world.putSample('first-service-due', { ...due, ...redated });
  await world.putSample('first-service-due', {
    ...{ ...due, ...redated, occurredAt: world.now, dueOn: '2027-06-10' },
  });
};

/** Does something some days ago. */
async function earlier(world: World, days: number, act: () => Promise<void>): Promise<void> {
  const { now } = world;
  world.now = plusDays(now, -days);
  await act();
  world.now = now;
}

const dueOn = (world: World, number: string, inDays: number) => ({
  occurredAt: world.now,
  dueOn: plusDays(world.now, inDays).slice(0, 10),
  customer: customerOf(number),
  vehicle: carOf(number),
});

function visitLink(world: World, to: string): string {
  const link = world
    .inbox(to)
    .flatMap(linksIn)
    .findLast((one) => one.endsWith('/visit'));
  if (!link) throw new Error(`${to} has no link to a visit`);
  return link;
}

const appointmentOf = (world: World, customerNumber: string) => ({
  storeId: SUBARU,
  occurredAt: world.now,
  appointmentNumber: `A-${customerNumber}`,
  vin: carOf(customerNumber).vin,
  customerNumber,
  startsAt: '2026-11-24T15:00:00.000Z',
});
