import middy from '@middy/core';
import { envelope } from '../runtime/on-events.ts';
import { readEnvironment } from '../runtime/read-environment.ts';
import { once, refusingServices } from '../runtime/services.ts';
import { telemetry } from '../runtime/telemetry.ts';
import { refuseUnknownEvent } from './refuse-unknown-event.ts';

const services = once(() => refusingServices(readEnvironment('refuse-unknown-event', 'keeping')));

export const handler = middy(async (input: unknown): Promise<void> => {
  const event = envelope.parse(input);
  await refuseUnknownEvent(services(), event);
  telemetry.info('Unknown event kept', { eventId: event.id });
  telemetry.count('EventsHandled', { detailType: 'unknown', outcome: 'refused' });
}).onError(({ error }) => telemetry.error('An unknown event could not be kept', error));
