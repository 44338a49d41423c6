import { createHash } from 'node:crypto';
import * as z from 'zod';

const attributeSchema = z.object({ dataType: z.string(), stringValue: z.string() });

export type MessageAttributes = Record<string, z.infer<typeof attributeSchema>>;

export const messageRowSchema = z.object({
  seq: z.number(),
  id: z.string(),
  queue: z.string(),
  body: z.string(),
  attributes: z.string().transform((text) => z.record(z.string(), attributeSchema).parse(JSON.parse(text))),
  sent_at: z.number(),
  visible_at: z.number(),
  first_received_at: z.number().nullable(),
  receives: z.number(),
});

export type Message = z.infer<typeof messageRowSchema>;

export const textAttribute = (stringValue: string) => ({ dataType: 'String', stringValue });
export const numberAttribute = (value: number) => ({ dataType: 'Number', stringValue: String(value) });
export const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** A message in the form in which Lambda's event source mapping passes it on. */
export function lambdaRecord(message: Message, region: string): object {
  return {
    messageId: message.id,
    receiptHandle: `${message.id}#${message.receives}`,
    body: message.body,
    attributes: {
      ApproximateReceiveCount: String(message.receives),
      SentTimestamp: String(message.sent_at),
      SenderId: 'local',
      ApproximateFirstReceiveTimestamp: String(message.first_received_at ?? message.sent_at),
    },
    messageAttributes: Object.fromEntries(
      Object.entries(message.attributes).map(([name, { dataType, stringValue }]) => [
        name,
        { stringValue, stringListValues: [], binaryListValues: [], dataType },
      ]),
    ),
    md5OfBody: md5(message.body),
    eventSource: 'aws:sqs',
    eventSourceARN: message.queue,
    awsRegion: region,
  };
}
