import { customerBought } from '../../../functions/contracts/customer-bought.ts';
import { upgradeConversationDue } from '../../../functions/contracts/upgrade-conversation-due.ts';
import { closeForPurchase } from '../../../functions/handoffs/upgrade-conversation/close-for-purchase.ts';
import { startUpgradeConversation } from '../../../functions/handoffs/upgrade-conversation/start-upgrade-conversation.ts';
import { on, type UsesOf } from '../../../functions/runtime/on-events.ts';

export const upgradeConversationUses = {
  'upgrade-conversation-due': on(upgradeConversationDue, startUpgradeConversation),
  'customer-bought': on(customerBought, closeForPurchase),
} satisfies UsesOf<'start-upgrade-conversation', never>;
