import { taskIdOf } from '../../../functions/handoffs/kinds.ts';
import type { KindMessages } from '../messages.ts';

/**
 * The advisor says nothing, so Sales is notified; then the quote of which Sales was notified is corrected, and the
 * salesperson accepts. See the folder of the repair options.
 */
export const upgradeConversationMessages: KindMessages = async (world) => {
  await world.advance(35);
  await world.putSample('repair-quote-high', {
    occurredAt: world.now,
    promisedAt: '2026-11-21T00:30:00Z',
  });
  const order = { storeId: 'lakeshore-honda', roNumber: '77120' };
  await world.answer(taskIdOf({ kind: 'upgrade-conversation', ...order }), { choice: 'accept' });
};
