import { taskIdOf } from '../../../functions/handoffs/kinds.ts';
import {
  aboutCustomerEmail,
  accepted,
  ended,
  inDays,
  type KindPages,
  type Make,
  offeredByAll,
} from '../pages.ts';

const soldBy =
  (sample: string, storeId: string): Make =>
  async ({ run, next }) => {
    const dealNumber = next();
    await run.putSample(sample, { dealNumber });
    return taskIdOf({ kind: 'service-introduction', storeId, dealNumber });
  };

const make = soldBy('vehicle-sold', 'lakeshore-subaru');
const withoutAddress = soldBy('vehicle-sold-no-email', 'lakeshore-honda');

export const introductionPages: KindPages = {
  make,
  choices: [
    ...offeredByAll,
    { choice: 'introduced-in-person', becomes: ended('introduced-in-person') },
    { choice: 'introduced-by-video', becomes: ended('introduced-by-video') },
    { choice: 'not-yet', becomes: accepted },
    { choice: 'first-visit-booked', typed: `${inDays(150)}T09:30`, becomes: accepted },
    { choice: 'customer-declined', becomes: ended('customer-declined') },
    ...aboutCustomerEmail('service-introduction', make, withoutAddress),
  ],
};
