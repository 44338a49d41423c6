import { taskIdOf } from '../../../functions/handoffs/kinds.ts';
import { conversationOfWish } from '../../../functions/readiness/occasion.ts';
import { vinOf } from '../deadlines.ts';
import { accepted, ended, inDays, type KindPages, type Make, offeredByAll } from '../pages.ts';
import { repairAt } from '../repair-options/pages.ts';

const make: Make = async (desk) => {
  const order = await repairAt(desk);
  await desk.choose(taskIdOf({ kind: 'repair-options', ...order }), 'open-to-looking');
  return taskIdOf({ kind: 'upgrade-conversation', ...order });
};

/** A customer asked an advisor. */
const asked: Make = async ({ run, next }) => {
  const customerNumber = next();
  const customer = { customerNumber, firstName: 'Nadia', lastName: 'Reyes', phone: '(303) 555-0171' };
  const vehicle = { vin: vinOf(customerNumber) };
  await run.putSample('customer-asked-about-car', { customer, vehicle });
  return conversationOfWish('lakeshore-honda', customerNumber);
};

export const upgradeConversationPages: KindPages = {
  make,
  choices: [
    ...offeredByAll,
    { choice: 'contacted', becomes: accepted },
    { choice: 'appointment-set', typed: `${inDays(1)}T10:00`, becomes: accepted },
    { choice: 'sold', typed: 'D-77', becomes: ended('sold') },
    { choice: 'not-ready', becomes: ended('not-ready') },
    { choice: 'wrong-car', becomes: ended('wrong-car') },
    { choice: 'already-bought', becomes: ended('already-bought') },
    {
      choice: 'started-by-mistake',
      becomes: ended('started-by-mistake'),
      make: asked,
      link: (run, taskId) => run.link(taskId, 'sam.delgado@lakeshore.example'),
    },
    { choice: 'snooze', typed: inDays(4), becomes: { state: 'waiting' } },
  ],
};
