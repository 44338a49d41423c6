import { taskIdOf } from '../../../functions/handoffs/kinds.ts';
import { accepted, ended, inDays, type KindPages, type Make, offeredByAll } from '../pages.ts';
import { repairAt } from '../repair-options/pages.ts';

const make: Make = async (desk) => {
  const order = await repairAt(desk);
  await desk.choose(taskIdOf({ kind: 'repair-options', ...order }), 'open-to-looking');
  return taskIdOf({ kind: 'upgrade-conversation', ...order });
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
    { choice: 'snooze', typed: inDays(4), becomes: { state: 'waiting' } },
  ],
};
