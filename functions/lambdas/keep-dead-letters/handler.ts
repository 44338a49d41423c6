import * as z from 'zod';
import { refusingServices } from '../../runtime/keeping-services.ts';
import { lambdaHandler } from '../../runtime/lambda-handler.ts';
import { logLines } from '../../runtime/log-lines.ts';
import { once } from '../../runtime/once.ts';
import { readEnvironment } from '../../runtime/read-environment.ts';
import { telemetry } from '../../runtime/telemetry.ts';
import { deadLetter, keepDeadLetter } from './keep-dead-letters.ts';

// Once for each cold start.
const services = once(() => refusingServices(readEnvironment('keep-dead-letters', 'keeping')));
const batch = z.looseObject({ Records: z.array(deadLetter) });

// Called by AWS for each batch of a dead-letter queue: a message that could not be kept stays in its queue.
export const handler = lambdaHandler('A batch of dead letters failed', async (input) => {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const letter of batch.parse(input).Records) {
    try {
      await keepDeadLetter(services(), letter);
      telemetry.count('DeadLettersKept', { outcome: 'kept' });
    } catch (error) {
      telemetry.error(logLines.deadLetterNotKept.message, error, { messageId: letter.messageId });
      batchItemFailures.push({ itemIdentifier: letter.messageId });
    }
  }
  return { batchItemFailures };
});
