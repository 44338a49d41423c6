import { firstServiceDue } from '../../contracts/first-service-due.ts';
import { vehicleOwnerChanged } from '../../contracts/vehicle-owner-changed.ts';
import { on, onEvents } from '../../runtime/on-events.ts';
import { once } from '../../runtime/once.ts';
import { readEnvironment } from '../../runtime/read-environment.ts';
import { preparingServices } from '../../runtime/services.ts';
import { followOwner } from './follow-owner.ts';
import { prepareFirstService } from './prepare-first-service.ts';

// Once for each cold start.
const services = once(() => preparingServices(readEnvironment('prepare-first-service', 'sending')));

// Called by AWS for each event that a rule routes here.
export const handler = onEvents('prepare-first-service', services, {
  'first-service-due': on(firstServiceDue, prepareFirstService),
  'vehicle-owner-changed': on(vehicleOwnerChanged, followOwner),
});
