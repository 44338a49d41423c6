import { customerBought } from '../contracts/customer-bought.ts';
import { upgradeConversationDue } from '../contracts/upgrade-conversation-due.ts';
import { environments, readEnvironment } from '../runtime/environment.ts';
import { on, onEvents } from '../runtime/on-events.ts';
import { nudgingServices, once } from '../runtime/services.ts';
import { closeForPurchase } from './close-for-purchase.ts';
import { startUpgradeConversation } from './start-upgrade-conversation.ts';

const services = once(() => nudgingServices(readEnvironment(environments['start-upgrade-conversation'])));

export const handler = onEvents(services, [
  on(upgradeConversationDue, startUpgradeConversation),
  on(customerBought, closeForPurchase),
]);
