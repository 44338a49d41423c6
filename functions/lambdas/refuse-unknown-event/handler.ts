import { countEvent } from '../../runtime/counted-event.ts';
import { receivingServices } from '../../runtime/keeping-services.ts';
import { lambdaHandler } from '../../runtime/lambda-handler.ts';
import { envelope } from '../../runtime/on-events.ts';
import { once } from '../../runtime/once.ts';
import { readEnvironment } from '../../runtime/read-environment.ts';
import { telemetry } from '../../runtime/telemetry.ts';
import { refuseUnknownEvent } from './refuse-unknown-event.ts';

// Once for each cold start.
const services = once(() => receivingServices(readEnvironment('refuse-unknown-event', 'keeping')));

// Called by AWS for each event that no contract knows.
export const handler = lambdaHandler('An unknown event could not be kept', async (input): Promise<void> => {
  const event = envelope.parse(input);
  await refuseUnknownEvent(services(), event);
  await countEvent(services(), event, 'refused');
  telemetry.info('Unknown event kept', { eventId: event.id });
  telemetry.count('EventsHandled', { detailType: 'unknown', outcome: 'refused' });
});
