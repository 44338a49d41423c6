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

const sent =
  (change: object = {}): Make =>
  async ({ run, next }) => {
    const customerNumber = next();
    const customer = {
      customerNumber,
      firstName: 'Walter',
      lastName: 'Nowak',
      phone: '(847) 555-0177',
      ...change,
    };
    await run.putSample('shopper-needs-service', { customer });
    return taskIdOf({ kind: 'repair-instead', storeId: 'lakeshore-subaru', customerNumber });
  };

const make = sent({ email: 'walter.nowak@example.com' });

/** The salesperson hears of it in a list. */
const takenCareOf: Make = async (desk) => {
  const taskId = await make(desk);
  await desk.choose(taskId, 'accept');
  return taskId;
};

export const repairInsteadPages: KindPages = {
  make,
  choices: [
    ...offeredByAll,
    { choice: 'quote-by', typed: `${inDays(1)}T11:30`, becomes: accepted },
    { choice: 'quoted', typed: '$840', becomes: { state: 'accepted', facts: { quotedCents: 84_000 } } },
    { choice: 'fixed', typed: 'New front rotors and pads', becomes: ended('fixed') },
    { choice: 'declined', typed: 'Wants to think about it', becomes: ended('declined') },
    { choice: 'not-worth-it', typed: 'Rust through the frame', becomes: ended('not-worth-it') },
    { choice: 'snooze', typed: inDays(3), becomes: { state: 'waiting' } },
    {
      choice: 'started-by-mistake',
      becomes: ended('started-by-mistake'),
      make: takenCareOf,
      link: (run, taskId) => run.linkBehindList(taskId, 'jordan.blake@lakeshore.example'),
    },
    ...aboutCustomerEmail('repair-instead', make, sent(), (desk, taskId) => desk.choose(taskId, 'accept')),
  ],
};
