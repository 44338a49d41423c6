import { vehicleSold } from '../../contracts/vehicle-sold.ts';
import { on, onEvents } from '../../runtime/on-events.ts';
import { once } from '../../runtime/once.ts';
import { readEnvironment } from '../../runtime/read-environment.ts';
import { decidingServices } from '../../runtime/services.ts';
import { introduceService } from './introduce-service.ts';

// Once for each cold start.
const services = once(() => decidingServices(readEnvironment('introduce-service', 'sending')));

// Called by AWS for each event that a rule routes here.
export const handler = onEvents('introduce-service', services, {
  'vehicle-sold': on(vehicleSold, introduceService),
});
