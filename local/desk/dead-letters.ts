import * as z from 'zod';
import { nameInArn } from '../emulator/aws.ts';
import { isoInstant } from '../emulator/clock.ts';
import type { Message } from '../emulator/sqs/message.ts';
import type { DeadLetterView } from './table-view.ts';

/** The record that Lambda puts into an on-failure queue. */
const recordSchema = z.object({
  requestContext: z.object({ condition: z.string(), approximateInvokeCount: z.number() }),
  requestPayload: z.unknown(),
  responsePayload: z.object({ errorMessage: z.string().optional() }).optional(),
});

function jsonOrText(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

/** A message that waits in a queue, in words. */
export function queuedDeadLetter(message: Message): DeadLetterView {
  const body = jsonOrText(message.body);
  const record = recordSchema.safeParse(body);
  const { ERROR_MESSAGE, ErrorMessage } = message.attributes;
  const view = { queue: nameInArn(message.queue), at: isoInstant(message.sent_at) };
  if (record.success) {
    const { requestContext: context, requestPayload, responsePayload } = record.data;
    const reason = `${responsePayload?.errorMessage ?? 'failed'} (${context.condition} after ${context.approximateInvokeCount} tries)`;
    return { ...view, reason, event: requestPayload };
  }
  const reason = ERROR_MESSAGE?.stringValue ?? ErrorMessage?.stringValue ?? 'waiting in the queue';
  return { ...view, reason, event: body };
}
