import * as z from 'zod';
import { account, nameInArn } from '../aws.ts';
import { type AwsAnswer, awsError } from '../http/aws-answer.ts';
import type { DenialOf } from '../iam/ask.ts';
import type { QueueSpec } from '../stack/queues.ts';
import { type Message, md5 } from './message.ts';
import type { Queues } from './queues.ts';

const requestSchema = z.object({
  QueueUrl: z.string().optional(),
  QueueName: z.string().optional(),
  MessageBody: z.string().optional(),
  DelaySeconds: z.number().int().min(0).max(900).optional(),
  MessageAttributes: z
    .record(z.string(), z.object({ DataType: z.string(), StringValue: z.string() }))
    .default({}),
  MaxNumberOfMessages: z.number().int().min(1).max(10).default(1),
  VisibilityTimeout: z.number().int().min(0).max(43_200).optional(),
  ReceiptHandle: z.string().optional(),
});

const mostBytes = 1024 * 1024;

type Request = z.infer<typeof requestSchema>;

const describe = (message: Message): object => ({
  MessageId: message.id,
  ReceiptHandle: `${message.id}#${message.receives}`,
  MD5OfBody: md5(message.body),
  Body: message.body,
  Attributes: {
    ApproximateReceiveCount: String(message.receives),
    SentTimestamp: String(message.sent_at),
  },
  MessageAttributes: Object.fromEntries(
    Object.entries(message.attributes).map(([name, { dataType, stringValue }]) => [
      name,
      { DataType: dataType, StringValue: stringValue },
    ]),
  ),
});

/** SQS puts the error name of its former XML protocol into a separate header. */
function sqsError(status: number, type: string, queryCode: string, message: string): AwsAnswer {
  const answer = awsError(status, type, message);
  return { ...answer, headers: { ...answer.headers, 'x-amzn-query-error': `${queryCode};Sender` } };
}

const missing = (name: string): AwsAnswer =>
  sqsError(
    400,
    'com.amazonaws.sqs#MissingRequiredParameterException',
    'MissingParameter',
    `The request must contain the parameter ${name}.`,
  );

function send(request: Request, queue: QueueSpec, queues: Queues): AwsAnswer {
  const { MessageBody: body } = request;
  if (!body) return missing('MessageBody');
  if (Buffer.byteLength(body) > mostBytes) {
    const message = `One or more parameters are invalid. Reason: Message must be shorter than ${mostBytes} bytes.`;
    return sqsError(400, 'InvalidParameterValue', 'InvalidParameterValue', message);
  }
  const attributes = Object.fromEntries(
    Object.entries(request.MessageAttributes).map(([name, { DataType, StringValue }]) => [
      name,
      { dataType: DataType, stringValue: StringValue },
    ]),
  );
  const id = queues.send(queue.arn, body, attributes, request.DelaySeconds);
  return { status: 200, body: { MessageId: id, MD5OfMessageBody: md5(body) } };
}

const receiptHandle = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})#\d+$/;

/** Deleting a message twice succeeds; a handle that no queue has issued does not. */
function remove({ ReceiptHandle: handle }: Request, queues: Queues): AwsAnswer {
  if (!handle) return missing('ReceiptHandle');
  const [, id] = receiptHandle.exec(handle) ?? [];
  if (id === undefined) {
    return sqsError(
      404,
      'com.amazonaws.sqs#ReceiptHandleIsInvalid',
      'ReceiptHandleIsInvalid',
      `The input receipt handle "${handle}" is not a valid receipt handle.`,
    );
  }
  queues.remove({ id });
  return { status: 200, body: {} };
}

function attributesOf(queue: QueueSpec, queues: Queues): AwsAnswer {
  const waiting = queues.all().filter((message) => message.queue === queue.arn).length;
  const Attributes = { QueueArn: queue.arn, ApproximateNumberOfMessages: String(waiting) };
  return { status: 200, body: { Attributes } };
}

/** The part of the SQS API with which an operator inspects a queue. */
export function createSqs(queues: Queues, awsUrl: string) {
  const urlOf = (queue: QueueSpec): string => `${awsUrl}/${account}/${queue.name}`;
  return (operation: string, body: unknown, denialOf: DenialOf): AwsAnswer => {
    const denied = (resource: string): AwsAnswer | undefined => {
      const message = denialOf({ action: `sqs:${operation}`, resource });
      return message === undefined ? undefined : sqsError(403, 'AccessDenied', 'AccessDenied', message);
    };
    if (operation === 'ListQueues')
      return denied('*') ?? { status: 200, body: { QueueUrls: queues.specs.map(urlOf) } };
    const parsed = requestSchema.safeParse(body);
    if (!parsed.success) return awsError(400, 'InvalidParameterValue', z.prettifyError(parsed.error));
    const request = parsed.data;
    const name =
      request.QueueName ??
      nameInArn(request.QueueUrl ?? '')
        .split('/')
        .at(-1);
    const queue = queues.specs.find((spec) => spec.name === name);
    if (!queue) return awsError(400, 'QueueDoesNotExist', 'The specified queue does not exist.');
    const denial = denied(queue.arn);
    if (denial) return denial;
    if (operation === 'GetQueueUrl') return { status: 200, body: { QueueUrl: urlOf(queue) } };
    if (operation === 'GetQueueAttributes') return attributesOf(queue, queues);
    if (operation === 'SendMessage') return send(request, queue, queues);
    if (operation === 'DeleteMessage') return remove(request, queues);
    if (operation === 'ReceiveMessage') {
      const taken = queues.receive(queue.arn, request.MaxNumberOfMessages, request.VisibilityTimeout);
      return { status: 200, body: { Messages: taken.map(describe) } };
    }
    return awsError(400, 'UnsupportedOperation', `The local run does not play sqs:${operation}`);
  };
}
