import { longTermCustomer } from '../../support/customers.ts';
import { DAY } from '../../support/world.ts';
import type { KindMessages } from '../messages.ts';

/** Where Sales waits for a yes, nobody answers, and the day ends. */
export const repairOptionsMessages: KindMessages = async (world) => {
  await longTermCustomer(world);
  await world.putSample('repair-quote-high');
  await world.advance(DAY);
};
