import type { CustomerBought } from '../../contracts/customer-bought.ts';
import { taskIdOf } from '../../handoff/keys.ts';
import { decideAndDeliver } from '../../outbox/decide-and-deliver.ts';
import { decideBought, purchaseOf, talksIn } from '../introduction/purchase.ts';
import { blankUpgrade } from './decide.ts';
import type { UpgradeServices } from './start-upgrade-conversation.ts';

/** What was bought is remembered, and what is open about the customer at any store of the group is closed. */
export async function closeForPurchase(
  services: UpgradeServices,
  { storeId, dealNumber }: CustomerBought,
): Promise<string> {
  const deal = await services.tasks.read(taskIdOf({ kind: 'service-introduction', storeId, dealNumber }));
  const bought = deal?.kind === 'service-introduction' ? purchaseOf(deal) : undefined;
  if (!bought) return 'no-such-deal';
  const known = await services.memory.keep({ storeId, ...bought.customer }, bought.remark);
  if (bought.remark.takenBack === true) return 'taken-back';
  const talks = talksIn(known);
  for (const talk of talks) {
    await decideAndDeliver(services, {
      storeId: talk.storeId,
      blank: (now) => blankUpgrade(talk.storeId, talk.roNumber, now),
      decide: (task, context) => decideBought(task, bought.remark, context),
    });
  }
  return `remembered, conversations: ${talks.length}`;
}
