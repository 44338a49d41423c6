import { longTermCustomer } from '../../support/customers.ts';
import { DAY } from '../../support/world.ts';
import type { KindMessages } from '../messages.ts';

/** The customer comes in, and a repair is quoted. Where Sales waits for a yes, nobody answers, and the day ends. */
export const repairOptionsMessages: KindMessages = async (world) => {
  await longTermCustomer(world);
  await world.putSample('service-visit-opened');
  await world.putSample('repair-quote-high');
  await world.advance(DAY);
};
