import { complaintClosed } from '../../contracts/complaint-closed.ts';
import { complaintOpened } from '../../contracts/complaint-opened.ts';
import { crmLeadUpdated } from '../../contracts/crm-lead-updated.ts';
import { customerChanged } from '../../contracts/customer-changed.ts';
import { customerContacted } from '../../contracts/customer-contacted.ts';
import { customerPreferencesChanged } from '../../contracts/customer-preferences-changed.ts';
import { dealUnwound } from '../../contracts/deal-unwound.ts';
import { repairOrderNoLongerOpen } from '../../contracts/repair-order-no-longer-open.ts';
import { repairOrderVoided } from '../../contracts/repair-order-voided.ts';
import { serviceAppointmentBooked } from '../../contracts/service-appointment-booked.ts';
import { serviceAppointmentCancelled } from '../../contracts/service-appointment-cancelled.ts';
import { serviceAppointmentMatched } from '../../contracts/service-appointment-matched.ts';
import { serviceVisitCompleted } from '../../contracts/service-visit-completed.ts';
import { vehicleValued } from '../../contracts/vehicle-valued.ts';
import { on, onEvents } from '../../runtime/on-events.ts';
import { once } from '../../runtime/once.ts';
import { readEnvironment } from '../../runtime/read-environment.ts';
import { followingServices } from '../../runtime/services.ts';
import {
  followComplaintClosed,
  followComplaintOpened,
  followContact,
  followCustomer,
  followPreferences,
} from './follow-customer.ts';
import {
  followAppointmentCancelled,
  followAppointmentMatched,
  followBooked,
  followOrderGone,
  followOrderVoided,
  followUnwound,
  followVisit,
} from './follow-dms.ts';
import { followLead } from './follow-lead.ts';
import { followValue } from './follow-value.ts';

// Once for each cold start.
const services = once(() => followingServices(readEnvironment('follow-dms', 'sending')));

// Called by AWS for each event that a rule routes here.
export const handler = onEvents('follow-dms', services, {
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
});
