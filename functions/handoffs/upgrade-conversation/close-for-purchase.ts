import type { CustomerBought } from '../../contracts/customer-bought.ts';
import { purchaseOf } from '../../customers/deal.ts';
import { decideAndDeliver } from '../../outbox/decide-and-deliver.ts';
import { readDeal } from '../any-kind/read-deal.ts';
import { conversationsBegun, decideBought } from './bought.ts';
import type { UpgradeServices } from './start-upgrade-conversation.ts';

/** Stores a purchase and closes open conversations about the customer at every store of the group. */
export async function closeForPurchase(
  services: UpgradeServices,
  { storeId, dealNumber, use }: CustomerBought,
): Promise<string> {
  const known = await readDeal(services, { storeId, dealNumber, use });
  const bought = known && purchaseOf(known);
  if (!bought) return 'no-such-deal';
  for (const customerNumber of known.facts.formerCustomers ?? [])
    await services.memory.keep({ storeId, customerNumber }, { ...bought.remark, takenBack: true });
  const statements = await services.memory.keep({ storeId, ...bought.customer }, bought.remark);
  if (bought.remark.takenBack === true) return 'taken-back';
  const begun = conversationsBegun(statements);
  for (const blank of begun) {
    await decideAndDeliver(services, {
      storeId: blank(bought.remark.at).storeId,
      blank,
      decide: (task, context) => decideBought(task, bought.remark, context),
    });
  }
  return `remembered, conversations: ${begun.length}`;
}
