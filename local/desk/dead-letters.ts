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

const identified = z.object({ id: z.string() });

/** The event's id, as PutEvents returned it; else the message's own. */
const idIn = (event: unknown, message: Message): string => identified.safeParse(event).data?.id ?? message.id;

/** A message waiting in a dead-letter queue, in words. */
export function queuedDeadLetter(message: Message): DeadLetterView {
  const body = jsonOrText(message.body);
  const record = recordSchema.safeParse(body);
  const { ERROR_MESSAGE, ErrorMessage } = message.attributes;
  const view = { queue: nameInArn(message.queue), at: isoInstant(message.sent_at) };
  if (record.success) {
    const { requestContext: context, requestPayload: event, responsePayload } = record.data;
    const reason = `${responsePayload?.errorMessage ?? 'failed'} (${context.condition} after ${context.approximateInvokeCount} tries)`;
    return { ...view, id: idIn(event, message), reason, event };
  }
  const reason = ERROR_MESSAGE?.stringValue ?? ErrorMessage?.stringValue ?? 'waiting in the queue';
  return { ...view, id: idIn(body, message), reason, event: body };
}
