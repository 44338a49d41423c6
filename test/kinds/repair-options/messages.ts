import { localDate, plusDays } from '../../../functions/group/business-time.ts';
import { longTermCustomer } from '../../support/customers.ts';
import { DAY, type World } from '../../support/world.ts';
import { carOf, customerOf, type KindMessages } from '../messages.ts';

/** The customer comes in, and a repair is quoted. Where Sales waits for a yes, nobody answers, and the day ends. */
export const repairOptionsMessages: KindMessages = async (world) => {
  await longTermCustomer(world);
  await world.putSample('service-visit-opened');
  await world.putSample('repair-quote-high');
  await expectedInVain(world);
  await world.advance(DAY);
};

/** Another customer is booked, the advisor says that it is a good time, and no order is written. */
async function expectedInVain(world: World): Promise<void> {
  const storeId = 'lakeshore-honda';
  const customer = customerOf('E-1');
  const vehicle = { ...carOf('E-1'), year: 2012 };
  const ago = (days: number) => plusDays(world.now, -days);
  const { keepsCustomers } = world;
  world.keepsCustomers = true;
  for (const days of [300, 200, 100])
    await world.put('service-visit-completed', {
      ...{ storeId, roNumber: `E-${days}`, occurredAt: ago(days), closedOn: ago(days).slice(0, 10) },
      ...{ customer, vehicle, serviceAdvisorNumber: '2031', customerPayCents: 40_000 },
    });
  const named = { storeId, vin: vehicle.vin, customerNumber: customer.customerNumber };
  const appointment = { ...named, appointmentNumber: 'E-1', startsAt: plusDays(world.now, 1) };
  await world.put('service-appointment-booked', {
    ...{ ...appointment, occurredAt: world.now, customerSince: '2019-03-01' },
    ownership: { boughtOn: '2012-05-02', certain: true, status: 'owned', asOf: ago(1).slice(0, 10) },
  });
  const { startsAt } = appointment;
  const on = localDate('America/Denver', startsAt);
  await world.put('appointment-ahead', { ...appointment, occurredAt: world.now, on }, 'handoff');
  world.keepsCustomers = keepsCustomers;
  const asked = (await world.tasks('repair-options')).find(({ facts }) => facts.appointment);
  await world.answer(asked?.taskId ?? '', { choice: 'good-time-when-here' });
}
