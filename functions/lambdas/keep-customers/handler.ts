import { customerChanged } from '../../contracts/customer-changed.ts';
import { firstServiceDue } from '../../contracts/first-service-due.ts';
import { repairQuoteHigh } from '../../contracts/repair-quote-high.ts';
import { repairQuoted } from '../../contracts/repair-quoted.ts';
import { serviceAppointmentBooked } from '../../contracts/service-appointment-booked.ts';
import { serviceAppointmentCancelled } from '../../contracts/service-appointment-cancelled.ts';
import { serviceVisitCompleted } from '../../contracts/service-visit-completed.ts';
import { vehicleSold } from '../../contracts/vehicle-sold.ts';
import { hearEvents, on } from '../../runtime/on-events.ts';
import { once } from '../../runtime/once.ts';
import { readEnvironment } from '../../runtime/read-environment.ts';
import { rememberingServices } from '../../runtime/remembering-services.ts';
import { keepBooked, keepCancelled } from './keep-appointment.ts';
import {
  keepBuyer,
  keepChanged,
  keepFirstServiceCustomer,
  keepQuotedCustomer,
  keepVisitor,
} from './keep-customer.ts';

// Once for each cold start.
const services = once(() => rememberingServices(readEnvironment('keep-customers', 'remembering')));

// Called by AWS for each fact about a customer; one rule covers all such facts.
export const handler = hearEvents('keep-customers', services, {
  'vehicle-sold': on(vehicleSold, keepBuyer),
  'first-service-due': on(firstServiceDue, keepFirstServiceCustomer),
  'repair-quoted': on(repairQuoted, keepQuotedCustomer),
  'repair-quote-high': on(repairQuoteHigh, keepQuotedCustomer),
  'service-visit-completed': on(serviceVisitCompleted, keepVisitor),
  'customer-changed': on(customerChanged, keepChanged),
  'service-appointment-booked': on(serviceAppointmentBooked, keepBooked),
  'service-appointment-cancelled': on(serviceAppointmentCancelled, keepCancelled),
});
