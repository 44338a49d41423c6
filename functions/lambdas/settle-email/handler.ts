import { lambdaHandler } from '../../runtime/lambda-handler.ts';
import { envelope } from '../../runtime/on-events.ts';
import { once } from '../../runtime/once.ts';
import { readEnvironment } from '../../runtime/read-environment.ts';
import { settlingServices } from '../../runtime/services.ts';
import { telemetry } from '../../runtime/telemetry.ts';
import { sesEvent, settleEmail } from './settle-email.ts';

// Once for each cold start.
const services = once(() => settlingServices(readEnvironment('settle-email', 'sending')));

// Called by AWS for each SES event about one of our emails.
export const handler = lambdaHandler(
  'A report of SES could not be recorded',
  async (input): Promise<void> => {
    const event = sesEvent.parse(envelope.parse(input).detail);
    const outcome = await settleEmail(services(), event);
    telemetry.count('EmailReports', { report: event.eventType, outcome: outcome.split(':')[0] ?? outcome });
  },
);
