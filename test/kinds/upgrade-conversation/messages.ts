import { plusDays } from '../../../functions/group/business-time.ts';
import { taskIdOf } from '../../../functions/handoffs/kinds.ts';
import type { KindMessages } from '../messages.ts';

const order = { storeId: 'lakeshore-honda', roNumber: '77120' };
const SERVICE_MANAGER = '2001';

/**
 * The manager says to tell Sales; then the quote of which Sales was notified is corrected, and the salesperson accepts.
 * See the folder of the repair options.
 */
export const upgradeConversationMessages: KindMessages = async (world) => {
  const sheet = taskIdOf({ kind: 'repair-options', ...order });
  await world.answer(sheet, { choice: 'tell-sales' }, SERVICE_MANAGER);
  await world.putSample('repair-quote-high', {
    occurredAt: world.now,
    promisedAt: plusDays(world.now, 1),
  });
  await world.answer(taskIdOf({ kind: 'upgrade-conversation', ...order }), { choice: 'accept' });
};
