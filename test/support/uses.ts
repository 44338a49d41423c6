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

/** What the rules do, in one place; that the rules themselves route so is proved on the template and the local run. */
export const uses = [
  on(vehicleSold, introduceService),
  on(firstServiceDue, prepareFirstService),
  on(repairQuoteHigh, reviewRepairQuote),
  on(customerAnswered, rememberAnswer),
  on(upgradeConversationDue, startUpgradeConversation),
  on(customerBought, closeForPurchase),
  on(serviceAppointmentBooked, followBooked),
  on(serviceAppointmentCancelled, followAppointmentCancelled),
  on(serviceVisitCompleted, followVisit),
  on(repairOrderVoided, followOrderVoided),
  on(dealUnwound, followUnwound),
];
