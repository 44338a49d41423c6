import { vehicleSold } from '../contracts/vehicle-sold.ts';
import { on, onEvents } from '../runtime/on-events.ts';
import { readEnvironment } from '../runtime/read-environment.ts';
import { once, sendingServices } from '../runtime/services.ts';
import { introduceService } from './introduce-service.ts';

const services = once(() => sendingServices(readEnvironment('introduce-service', 'sending')));

export const handler = onEvents('introduce-service', services, {
  'vehicle-sold': on(vehicleSold, introduceService),
});
