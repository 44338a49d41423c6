import type { Contract } from './contract.ts';
import { customerAnswered } from './customer-answered.ts';
import { customerBought } from './customer-bought.ts';
import { dealUnwound } from './deal-unwound.ts';
import { firstServiceDue } from './first-service-due.ts';
import { handoffEventRefused } from './handoff-event-refused.ts';
import {
  handoffTaskAccepted,
  handoffTaskCancelled,
  handoffTaskCompleted,
  handoffTaskCreated,
  handoffTaskDeclined,
  handoffTaskEscalated,
} from './handoff-task-events.ts';
import { repairOrderVoided } from './repair-order-voided.ts';
import { repairQuoteHigh } from './repair-quote-high.ts';
import { serviceAppointmentBooked } from './service-appointment-booked.ts';
import { serviceAppointmentCancelled } from './service-appointment-cancelled.ts';
import { serviceVisitCompleted } from './service-visit-completed.ts';
import { upgradeConversationDue } from './upgrade-conversation-due.ts';
import { vehicleSold } from './vehicle-sold.ts';

export { OWN_SOURCE } from './contract.ts';

/** What a DMS may send. One rule each; every other detail type is refused, and kept. */
export const incomingEvents = [
  vehicleSold,
  firstServiceDue,
  repairQuoteHigh,
  serviceVisitCompleted,
  serviceAppointmentBooked,
  serviceAppointmentCancelled,
  repairOrderVoided,
  dealUnwound,
] as const satisfies readonly Contract[];

/** What this software tells itself over the bus, from its own source only. */
export const internalEvents = [
  upgradeConversationDue,
  customerAnswered,
  customerBought,
] as const satisfies readonly Contract[];

/** What this software tells others. */
export const outgoingEvents = [
  handoffTaskCreated,
  handoffTaskAccepted,
  handoffTaskCompleted,
  handoffTaskDeclined,
  handoffTaskEscalated,
  handoffTaskCancelled,
  handoffEventRefused,
] as const satisfies readonly Contract[];
