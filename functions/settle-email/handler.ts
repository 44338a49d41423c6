import middy from '@middy/core';
import { envelope } from '../runtime/on-events.ts';
import { readEnvironment } from '../runtime/read-environment.ts';
import { once, settlingServices } from '../runtime/services.ts';
import { telemetry } from '../runtime/telemetry.ts';
import { sesEvent, settleEmail } from './settle-email.ts';

const services = once(() => settlingServices(readEnvironment('settle-email', 'sending')));

export const handler = middy(async (input: unknown): Promise<void> => {
  const event = sesEvent.parse(envelope.parse(input).detail);
  const outcome = await settleEmail(services(), event);
  telemetry.count('EmailReports', { report: event.eventType, outcome: outcome.split(':')[0] ?? outcome });
}).onError(({ error }) => telemetry.error('A report of SES could not be recorded', error));
