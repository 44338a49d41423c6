import { taskIdOf } from '../../../functions/handoffs/kinds.ts';
import { carOf, vinOf } from '../deadlines.ts';
import {
  aboutCustomerEmail,
  accepted,
  ended,
  inDays,
  type KindPages,
  type Make,
  offeredByAll,
} from '../pages.ts';

const dueFor =
  (email: string | undefined): Make =>
  async ({ run, next }) => {
    const customerNumber = `C-${next()}`;
    const customer = { customerNumber, firstName: 'Maria', lastName: 'Kowalski', email };
    await run.putSample('first-service-due', { customer, vehicle: carOf(customerNumber) });
    const vin = vinOf(customerNumber);
    return taskIdOf({ kind: 'first-service-visit', storeId: 'lakeshore-subaru', vin, customerNumber });
  };

const make = dueFor('maria.kowalski@example.com');
const withoutAddress = dueFor(undefined);

export const firstServicePages: KindPages = {
  make,
  choices: [
    ...offeredByAll,
    { choice: 'visit-booked', typed: `${inDays(12)}T09:30`, becomes: accepted },
    { choice: 'customer-declined', becomes: ended('customer-declined') },
    { choice: 'snooze', typed: inDays(4), becomes: { state: 'waiting' } },
    ...aboutCustomerEmail('first-service-visit', make, withoutAddress),
  ],
};
