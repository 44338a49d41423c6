import { customerAskedAboutCar } from '../../../functions/contracts/customer-asked-about-car.ts';
import { customerBought } from '../../../functions/contracts/customer-bought.ts';
import { upgradeConversationDue } from '../../../functions/contracts/upgrade-conversation-due.ts';
import { closeForPurchase } from '../../../functions/handoffs/upgrade-conversation/close-for-purchase.ts';
import { startUpgradeConversation } from '../../../functions/handoffs/upgrade-conversation/start-upgrade-conversation.ts';
import { followWish } from '../../../functions/handoffs/upgrade-conversation/start-wish.ts';
import { on, type UsesOf } from '../../../functions/runtime/on-events.ts';

export const upgradeConversationUses = {
  'upgrade-conversation-due': on(upgradeConversationDue, startUpgradeConversation),
  'customer-asked-about-car': on(customerAskedAboutCar, followWish),
  'customer-bought': on(customerBought, closeForPurchase),
} satisfies UsesOf<'start-upgrade-conversation', never>;
