import { taskIdOf } from '../../../functions/handoffs/kinds.ts';
import {
  ANYBODY,
  aboutCustomerEmail,
  accepted,
  type ChoiceCase,
  ended,
  FRIDAY_MORNING,
  inDays,
  type KindPages,
  type Make,
  offeredByAll,
} from '../pages.ts';

const soldBy =
  (sample: string, storeId: string, change: object = {}): Make =>
  async ({ run, next }) => {
    const dealNumber = next();
    await run.putSample(sample, { dealNumber, ...change });
    return taskIdOf({ kind: 'service-introduction', storeId, dealNumber });
  };

const make = soldBy('vehicle-sold', 'lakeshore-subaru');
/** The salesperson has the checklist. */
const delivered = soldBy('vehicle-sold', 'lakeshore-subaru', { deliveryAt: FRIDAY_MORNING });
const ofSalesperson: Pick<ChoiceCase, 'make' | 'link'> = {
  make: delivered,
  link: (run, taskId) => run.link(taskId, 'jordan.blake@lakeshore.example'),
};
const withoutAddress = soldBy('vehicle-sold-no-email', 'lakeshore-honda');

export const introductionPages: KindPages = {
  make,
  choices: [
    ...offeredByAll,
    { choice: 'introduced-in-person', becomes: ended('introduced-in-person') },
    { choice: 'introduced-by-video', becomes: ended('introduced-by-video') },
    { choice: 'introduced-by-phone', becomes: ended('introduced-by-phone') },
    { choice: 'walked-over', becomes: { state: 'open', walkedOver: { by: '1077' } }, ...ofSalesperson },
    {
      choice: 'met-somebody-else',
      typed: ANYBODY,
      becomes: { state: 'open', assignee: { reason: 'handed over' } },
      ...ofSalesperson,
    },
    { choice: 'not-yet', becomes: accepted },
    { choice: 'first-visit-booked', typed: `${inDays(150)}T09:30`, becomes: accepted },
    { choice: 'customer-declined', becomes: ended('customer-declined') },
    ...aboutCustomerEmail('service-introduction', make, withoutAddress, (desk, taskId) =>
      desk.choose(taskId, 'accept'),
    ),
  ],
};
