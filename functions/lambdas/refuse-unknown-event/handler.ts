import { EVENTS_RECEIVED_METRIC, EVENTS_REFUSED_METRIC } from '../../runtime/environment.ts';
import { lambdaHandler } from '../../runtime/lambda-handler.ts';
import { envelope } from '../../runtime/on-events.ts';
import { readEnvironment } from '../../runtime/read-environment.ts';
import { once, refusingServices } from '../../runtime/services.ts';
import { telemetry } from '../../runtime/telemetry.ts';
import { refuseUnknownEvent } from './refuse-unknown-event.ts';

// Once for each cold start.
const services = once(() => refusingServices(readEnvironment('refuse-unknown-event', 'keeping')));

// Called by AWS for each event that no contract knows.
export const handler = lambdaHandler('An unknown event could not be kept', async (input): Promise<void> => {
  const event = envelope.parse(input);
  await refuseUnknownEvent(services(), event);
  telemetry.measure(EVENTS_RECEIVED_METRIC, 1);
  telemetry.measure(EVENTS_REFUSED_METRIC, 1);
  telemetry.info('Unknown event kept', { eventId: event.id });
  telemetry.count('EventsHandled', { detailType: 'unknown', outcome: 'refused' });
});
