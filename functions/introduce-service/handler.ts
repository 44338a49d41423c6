import { vehicleSold } from '../contracts/vehicle-sold.ts';
import { environments, readEnvironment } from '../runtime/environment.ts';
import { on, onEvents } from '../runtime/on-events.ts';
import { once, sendingServices } from '../runtime/services.ts';
import { introduceService } from './introduce-service.ts';

const services = once(() => sendingServices(readEnvironment(environments['introduce-service'])));

export const handler = onEvents(services, [on(vehicleSold, introduceService)]);
