import * as z from 'zod';
import { arnOf, nameInArn } from '../aws.ts';
import { Problem } from '../problem.ts';
import type { StackReader } from './reader.ts';

export interface QueueSpec {
  id: string;
  name: string;
  arn: string;
  visibilitySeconds: number;
  delaySeconds: number;
  retentionSeconds: number;
  redrive?: { queueArn: string; maxReceives: number };
}

/** A queue that invokes a function. */
export interface MappingSpec {
  id: string;
  queueArn: string;
  functionName: string;
  batchSize: number;
  reportsItemFailures: boolean;
}

const count = z.coerce.number();

const queueSchema = z.object({
  VisibilityTimeout: count.default(30),
  DelaySeconds: count.default(0),
  MessageRetentionPeriod: count.default(345_600),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: count }).optional(),
});

const mappingSchema = z.object({
  EventSourceArn: z.string().startsWith('arn:aws:sqs:', 'only a queue can call a function here'),
  FunctionName: z.string(),
  BatchSize: count.default(10),
  Enabled: z.union([z.boolean(), z.stringbool()]).default(true),
  FunctionResponseTypes: z.array(z.string()).default([]),
});

export function readQueues(stack: StackReader): QueueSpec[] {
  return stack.read('AWS::SQS::Queue', queueSchema, ['FifoQueue']).map(({ id, name, props }) => ({
    id,
    name,
    arn: arnOf.queue(name),
    visibilitySeconds: props.VisibilityTimeout,
    delaySeconds: props.DelaySeconds,
    retentionSeconds: props.MessageRetentionPeriod,
    ...(props.RedrivePolicy
      ? {
          redrive: {
            queueArn: props.RedrivePolicy.deadLetterTargetArn,
            maxReceives: props.RedrivePolicy.maxReceiveCount,
          },
        }
      : {}),
  }));
}

export function readMappings(stack: StackReader, queues: QueueSpec[]): MappingSpec[] {
  const mappings = stack.read('AWS::Lambda::EventSourceMapping', mappingSchema, ['FilterCriteria']);
  return mappings
    .filter(({ props }) => props.Enabled)
    .map(({ id, props }) => {
      if (!queues.some((queue) => queue.arn === props.EventSourceArn)) {
        throw new Problem(`${id}: no queue of this stack is ${props.EventSourceArn}`);
      }
      return {
        id,
        queueArn: props.EventSourceArn,
        functionName: nameInArn(props.FunctionName),
        batchSize: props.BatchSize,
        reportsItemFailures: props.FunctionResponseTypes.includes('ReportBatchItemFailures'),
      };
    });
}
