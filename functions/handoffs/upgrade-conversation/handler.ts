import { customerAskedAboutCar } from '../../contracts/customer-asked-about-car.ts';
import { customerBought } from '../../contracts/customer-bought.ts';
import { upgradeConversationDue } from '../../contracts/upgrade-conversation-due.ts';
import { on, onEvents } from '../../runtime/on-events.ts';
import { once } from '../../runtime/once.ts';
import { readEnvironment } from '../../runtime/read-environment.ts';
import { nudgingServices } from '../../runtime/services.ts';
import { closeForPurchase } from './close-for-purchase.ts';
import { startUpgradeConversation } from './start-upgrade-conversation.ts';
import { followWish } from './start-wish.ts';

// Once for each cold start.
const services = once(() => nudgingServices(readEnvironment('start-upgrade-conversation', 'sending')));

// Called by AWS for each event that a rule routes here.
export const handler = onEvents('start-upgrade-conversation', services, {
  'upgrade-conversation-due': on(upgradeConversationDue, startUpgradeConversation),
  'customer-asked-about-car': on(customerAskedAboutCar, followWish),
  'customer-bought': on(customerBought, closeForPurchase),
});
