import { dealUnwound } from '../contracts/deal-unwound.ts';
import { repairOrderVoided } from '../contracts/repair-order-voided.ts';
import { serviceAppointmentBooked } from '../contracts/service-appointment-booked.ts';
import { serviceAppointmentCancelled } from '../contracts/service-appointment-cancelled.ts';
import { serviceVisitCompleted } from '../contracts/service-visit-completed.ts';
import { environments, readEnvironment } from '../runtime/environment.ts';
import { on, onEvents } from '../runtime/on-events.ts';
import { followingServices, once } from '../runtime/services.ts';
import {
  followAppointmentCancelled,
  followBooked,
  followOrderVoided,
  followUnwound,
  followVisit,
} from './follow-dms.ts';

const services = once(() => followingServices(readEnvironment(environments['follow-dms'])));

export const handler = onEvents(services, [
  on(serviceAppointmentBooked, followBooked),
  on(serviceAppointmentCancelled, followAppointmentCancelled),
  on(serviceVisitCompleted, followVisit),
  on(repairOrderVoided, followOrderVoided),
  on(dealUnwound, followUnwound),
]);
