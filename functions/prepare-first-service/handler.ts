import { firstServiceDue } from '../contracts/first-service-due.ts';
import { environments, readEnvironment } from '../runtime/environment.ts';
import { on, onEvents } from '../runtime/on-events.ts';
import { once, sendingServices } from '../runtime/services.ts';
import { prepareFirstService } from './prepare-first-service.ts';

const services = once(() => sendingServices(readEnvironment(environments['prepare-first-service'])));

export const handler = onEvents(services, [on(firstServiceDue, prepareFirstService)]);
