import middy from '@middy/core';
import { environments, readEnvironment } from '../runtime/environment.ts';
import { envelope } from '../runtime/on-events.ts';
import { once, refusingServices } from '../runtime/services.ts';
import { telemetry } from '../runtime/telemetry.ts';
import { refuseUnknownEvent } from './refuse-unknown-event.ts';

const services = once(() => refusingServices(readEnvironment(environments['refuse-unknown-event'])));

export const handler = middy(async (input: unknown): Promise<void> => {
  const event = envelope.parse(input);
  await refuseUnknownEvent(services(), event);
  telemetry.info('Unknown event kept', { eventId: event.id });
  telemetry.count('EventsHandled', { detailType: 'unknown', outcome: 'refused' });
}).onError(({ error }) => telemetry.error('An unknown event could not be kept', error));
