import { longTermCustomer } from '../../support/customers.ts';
import type { KindMessages } from '../messages.ts';

export const repairOptionsMessages: KindMessages = async (world) => {
  await longTermCustomer(world);
  await world.putSample('repair-quote-high');
};
