import { complaintClosed } from '../../functions/contracts/complaint-closed.ts';
import { complaintOpened } from '../../functions/contracts/complaint-opened.ts';
import { crmLeadUpdated } from '../../functions/contracts/crm-lead-updated.ts';
import { customerBought } from '../../functions/contracts/customer-bought.ts';
import { customerChanged } from '../../functions/contracts/customer-changed.ts';
import { customerContacted } from '../../functions/contracts/customer-contacted.ts';
import { customerNumbersMerged } from '../../functions/contracts/customer-numbers-merged.ts';
import { customerPreferencesChanged } from '../../functions/contracts/customer-preferences-changed.ts';
import { dealUnwound } from '../../functions/contracts/deal-unwound.ts';
import { firstServiceDue } from '../../functions/contracts/first-service-due.ts';
import {
  handoffTaskAccepted,
  handoffTaskCancelled,
  handoffTaskCompleted,
  handoffTaskCreated,
  handoffTaskDeclined,
  handoffTaskEscalated,
  handoffTaskNoted,
  handoffTaskReopened,
} from '../../functions/contracts/handoff-task-events.ts';
import { repairOrderNoLongerOpen } from '../../functions/contracts/repair-order-no-longer-open.ts';
import { repairOrderVoided } from '../../functions/contracts/repair-order-voided.ts';
import { repairQuoteHigh } from '../../functions/contracts/repair-quote-high.ts';
import { repairQuoted } from '../../functions/contracts/repair-quoted.ts';
import { serviceAppointmentBooked } from '../../functions/contracts/service-appointment-booked.ts';
import { serviceAppointmentCancelled } from '../../functions/contracts/service-appointment-cancelled.ts';
import { serviceAppointmentMatched } from '../../functions/contracts/service-appointment-matched.ts';
import { serviceVisitCompleted } from '../../functions/contracts/service-visit-completed.ts';
import { vehicleOwnerChanged } from '../../functions/contracts/vehicle-owner-changed.ts';
import { vehicleSold } from '../../functions/contracts/vehicle-sold.ts';
import { vehicleValued } from '../../functions/contracts/vehicle-valued.ts';
import {
  followComplaintClosed,
  followComplaintOpened,
  followContact,
  followCustomer,
  followPreferences,
} from '../../functions/lambdas/follow-dms/follow-customer.ts';
import {
  followAppointmentCancelled,
  followAppointmentMatched,
  followBooked,
  followOrderGone,
  followOrderVoided,
  followUnwound,
  followVisit,
} from '../../functions/lambdas/follow-dms/follow-dms.ts';
import { followLead } from '../../functions/lambdas/follow-dms/follow-lead.ts';
import { followValue } from '../../functions/lambdas/follow-dms/follow-value.ts';
import { keepBooked, keepCancelled } from '../../functions/lambdas/keep-customers/keep-appointment.ts';
import {
  keepBuyer,
  keepChanged,
  keepFirstServiceCustomer,
  keepQuotedCustomer,
  keepVisitor,
} from '../../functions/lambdas/keep-customers/keep-customer.ts';
import {
  keepContact,
  keepMerge,
  keepOutcomes,
  keepSale,
  keepVisit,
  keepVoided,
} from '../../functions/lambdas/keep-outcomes/keep-outcomes.ts';
import type { EventFunctionName } from '../../functions/lambdas.ts';
import { on, type UsesOf } from '../../functions/runtime/on-events.ts';
import { appraisalUses } from './appraisal/uses.ts';
import { firstServiceUses } from './first-service/uses.ts';
import { introductionUses } from './introduction/uses.ts';
import { repairInsteadUses } from './repair-instead/uses.ts';
import { repairOptionsUses } from './repair-options/uses.ts';
import { upgradeConversationUses } from './upgrade-conversation/uses.ts';

/** The use cases behind the rules. An event of the registry that is missing here does not compile. */
const usesByFunction = {
  'introduce-service': introductionUses,
  'prepare-first-service': firstServiceUses,
  'review-repair-quote': repairOptionsUses,
  'request-appraisal': appraisalUses,
  'send-to-service': repairInsteadUses,
  'start-upgrade-conversation': upgradeConversationUses,
  'follow-dms': {
    'service-appointment-booked': on(serviceAppointmentBooked, followBooked),
    'service-appointment-cancelled': on(serviceAppointmentCancelled, followAppointmentCancelled),
    'service-appointment-matched': on(serviceAppointmentMatched, followAppointmentMatched),
    'service-visit-completed': on(serviceVisitCompleted, followVisit),
    'repair-order-voided': on(repairOrderVoided, followOrderVoided),
    'repair-order-no-longer-open': on(repairOrderNoLongerOpen, followOrderGone),
    'deal-unwound': on(dealUnwound, followUnwound),
    'customer-preferences-changed': on(customerPreferencesChanged, followPreferences),
    'customer-contacted': on(customerContacted, followContact),
    'customer-changed': on(customerChanged, followCustomer),
    'complaint-closed': on(complaintClosed, followComplaintClosed),
    'complaint-opened': on(complaintOpened, followComplaintOpened),
    'crm-lead-updated': on(crmLeadUpdated, followLead),
    'vehicle-valued': on(vehicleValued, followValue),
  },
} satisfies { readonly [Name in EventFunctionName]: UsesOf<Name, never> };

/** What `keep-customers` hears, beside the functions above. */
export const heard = [
  on(vehicleSold, keepBuyer),
  on(firstServiceDue, keepFirstServiceCustomer),
  on(repairQuoted, keepQuotedCustomer),
  on(repairQuoteHigh, keepQuotedCustomer),
  on(serviceVisitCompleted, keepVisitor),
  on(customerChanged, keepChanged),
  on(serviceAppointmentBooked, keepBooked),
  on(serviceAppointmentCancelled, keepCancelled),
];

/** What `keep-outcomes` hears. */
export const heardByOutcomes = [
  on(handoffTaskCreated, keepOutcomes),
  on(handoffTaskAccepted, keepOutcomes),
  on(handoffTaskCompleted, keepOutcomes),
  on(handoffTaskDeclined, keepOutcomes),
  on(handoffTaskEscalated, keepOutcomes),
  on(handoffTaskCancelled, keepOutcomes),
  on(handoffTaskReopened, keepOutcomes),
  on(handoffTaskNoted, keepOutcomes),
  on(customerBought, keepSale),
  on(vehicleOwnerChanged, keepSale),
  on(customerNumbersMerged, keepMerge),
  on(customerContacted, keepContact),
  on(serviceVisitCompleted, keepVisit),
  on(repairOrderVoided, keepVoided),
];

/** The function that a rule gives an event to. */
export const functionOf = (detailType: string): EventFunctionName | undefined =>
  eventFunctions.find((name) => Object.hasOwn(usesByFunction[name], detailType));

const isEventFunction = (name: string): name is EventFunctionName => Object.hasOwn(usesByFunction, name);
const eventFunctions = Object.keys(usesByFunction).filter(isEventFunction);

export const uses = [
  ...Object.values(usesByFunction['introduce-service']),
  ...Object.values(usesByFunction['prepare-first-service']),
  ...Object.values(usesByFunction['review-repair-quote']),
  ...Object.values(usesByFunction['request-appraisal']),
  ...Object.values(usesByFunction['send-to-service']),
  ...Object.values(usesByFunction['start-upgrade-conversation']),
  ...Object.values(usesByFunction['follow-dms']),
];
