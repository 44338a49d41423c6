import middy from '@middy/core';
import * as z from 'zod';
import { readEnvironment } from '../runtime/read-environment.ts';
import { once, refusingServices } from '../runtime/services.ts';
import { telemetry } from '../runtime/telemetry.ts';
import { deadLetter, keepDeadLetter } from './keep-dead-letters.ts';

const services = once(() => refusingServices(readEnvironment('keep-dead-letters', 'keeping')));
const batch = z.looseObject({ Records: z.array(deadLetter) });

/** Each message on its own: what could not be kept stays in its queue, the others leave it. */
export const handler = middy(async (input: unknown) => {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const letter of batch.parse(input).Records) {
    try {
      const outcome = await keepDeadLetter(services(), letter);
      telemetry.count('DeadLettersKept', { outcome });
    } catch (error) {
      telemetry.error('A dead letter could not be kept', error, { messageId: letter.messageId });
      batchItemFailures.push({ itemIdentifier: letter.messageId });
    }
  }
  return { batchItemFailures };
});
