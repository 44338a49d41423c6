import { OWN_SOURCE } from '../../functions/contracts/contract.ts';
import { customerAnswered } from '../../functions/contracts/customer-answered.ts';
import { customerBought } from '../../functions/contracts/customer-bought.ts';
import { dealUnwound } from '../../functions/contracts/deal-unwound.ts';
import { firstServiceDue } from '../../functions/contracts/first-service-due.ts';
import { repairOrderVoided } from '../../functions/contracts/repair-order-voided.ts';
import { repairQuoteHigh } from '../../functions/contracts/repair-quote-high.ts';
import { serviceAppointmentBooked } from '../../functions/contracts/service-appointment-booked.ts';
import { serviceAppointmentCancelled } from '../../functions/contracts/service-appointment-cancelled.ts';
import { serviceVisitCompleted } from '../../functions/contracts/service-visit-completed.ts';
import { upgradeConversationDue } from '../../functions/contracts/upgrade-conversation-due.ts';
import { vehicleSold } from '../../functions/contracts/vehicle-sold.ts';
import {
  followAppointmentCancelled,
  followBooked,
  followOrderVoided,
  followUnwound,
  followVisit,
} from '../../functions/follow-dms/follow-dms.ts';
import { introduceService } from '../../functions/introduce-service/introduce-service.ts';
import { prepareFirstService } from '../../functions/prepare-first-service/prepare-first-service.ts';
import { rememberAnswer } from '../../functions/review-repair-quote/remember-answer.ts';
import { reviewRepairQuote } from '../../functions/review-repair-quote/review-repair-quote.ts';
import { on } from '../../functions/runtime/on-events.ts';
import { closeForPurchase } from '../../functions/start-upgrade-conversation/close-for-purchase.ts';
import { startUpgradeConversation } from '../../functions/start-upgrade-conversation/start-upgrade-conversation.ts';
import type { Services } from './cloud.ts';

/** What each function does with its events, as its handler says it. */
export const uses = (services: Services) => [
  on(vehicleSold, (fact) => introduceService(services, fact)),
  on(firstServiceDue, (fact, { source }) => prepareFirstService(services, fact, source === OWN_SOURCE)),
  on(repairQuoteHigh, (fact) => reviewRepairQuote(services, fact)),
  on(customerAnswered, (fact) => rememberAnswer(services, fact)),
  on(upgradeConversationDue, (fact) => startUpgradeConversation(services, fact)),
  on(customerBought, (fact) => closeForPurchase(services, fact)),
  on(serviceAppointmentBooked, (fact) => followBooked(services, fact)),
  on(serviceAppointmentCancelled, (fact) => followAppointmentCancelled(services, fact)),
  on(serviceVisitCompleted, (fact) => followVisit(services, fact)),
  on(repairOrderVoided, (fact) => followOrderVoided(services, fact)),
  on(dealUnwound, (fact) => followUnwound(services, fact)),
];
