import { customerBought } from '../../contracts/customer-bought.ts';
import { customerContacted } from '../../contracts/customer-contacted.ts';
import { customerNumbersMerged } from '../../contracts/customer-numbers-merged.ts';
import {
  handoffTaskAccepted,
  handoffTaskCancelled,
  handoffTaskCompleted,
  handoffTaskCreated,
  handoffTaskDeclined,
  handoffTaskEscalated,
  handoffTaskNoted,
  handoffTaskReopened,
} from '../../contracts/handoff-task-events.ts';
import { repairOrderVoided } from '../../contracts/repair-order-voided.ts';
import { serviceVisitCompleted } from '../../contracts/service-visit-completed.ts';
import { vehicleOwnerChanged } from '../../contracts/vehicle-owner-changed.ts';
import { hearEvents, on } from '../../runtime/on-events.ts';
import { once } from '../../runtime/once.ts';
import { readEnvironment } from '../../runtime/read-environment.ts';
import { outcomeServices } from '../../runtime/services.ts';
import { keepContact, keepMerge, keepOutcomes, keepSale, keepVisit, keepVoided } from './keep-outcomes.ts';

// Once for each cold start.
const services = once(() => outcomeServices(readEnvironment('keep-outcomes', 'sending')));

// Called by AWS for each of our own events about a handoff or a sale, and for facts that correct a credit.
export const handler = hearEvents('keep-outcomes', services, {
  'handoff-task-created': on(handoffTaskCreated, keepOutcomes),
  'handoff-task-accepted': on(handoffTaskAccepted, keepOutcomes),
  'handoff-task-completed': on(handoffTaskCompleted, keepOutcomes),
  'handoff-task-declined': on(handoffTaskDeclined, keepOutcomes),
  'handoff-task-escalated': on(handoffTaskEscalated, keepOutcomes),
  'handoff-task-cancelled': on(handoffTaskCancelled, keepOutcomes),
  'handoff-task-reopened': on(handoffTaskReopened, keepOutcomes),
  'handoff-task-noted': on(handoffTaskNoted, keepOutcomes),
  'customer-bought': on(customerBought, keepSale),
  'vehicle-owner-changed': on(vehicleOwnerChanged, keepSale),
  'customer-numbers-merged': on(customerNumbersMerged, keepMerge),
  'customer-contacted': on(customerContacted, keepContact),
  'service-visit-completed': on(serviceVisitCompleted, keepVisit),
  'repair-order-voided': on(repairOrderVoided, keepVoided),
});
