import * as z from 'zod';
import { arnOf, nameInArn } from '../aws.ts';
import { compilePattern, type Matches } from '../eventbridge/pattern.ts';
import { type NextTick, parseSchedule } from '../eventbridge/schedule.ts';
import { messageOf, Problem } from '../problem.ts';
import type { StackReader } from './reader.ts';

export interface TargetSpec {
  id: string;
  arn: string;
  kind: 'lambda' | 'sqs' | 'api';
  /** The role with which EventBridge calls an API. */
  roleArn?: string;
  input?: string;
  inputPath?: string;
  deadLetterQueueArn?: string;
  maxRetries: number;
  maxAgeSeconds: number;
}

export interface RuleSpec {
  id: string;
  name: string;
  arn: string;
  bus: string;
  matches?: Matches;
  schedule?: { expression: string; next: NextTick };
  targets: TargetSpec[];
}

const count = z.coerce.number();

const targetSchema = z.object({
  Id: z.string(),
  Arn: z.string(),
  RoleArn: z.string().optional(),
  HttpParameters: z.undefined('the local run does not play HttpParameters').optional(),
  Input: z.string().optional(),
  InputPath: z.string().optional(),
  InputTransformer: z.undefined('the local run does not play InputTransformer').optional(),
  SqsParameters: z.undefined('the local run has no FIFO queues').optional(),
  DeadLetterConfig: z.object({ Arn: z.string() }).optional(),
  RetryPolicy: z
    .object({ MaximumRetryAttempts: count.default(185), MaximumEventAgeInSeconds: count.default(86_400) })
    .default({ MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 }),
});

const ruleSchema = z.object({
  EventBusName: z.string().default('default'),
  EventPattern: z.record(z.string(), z.unknown()).optional(),
  ScheduleExpression: z.string().optional(),
  State: z.string().default('ENABLED'),
  Targets: z.array(targetSchema).default([]),
});

function targetKind(arn: string, where: string): TargetSpec['kind'] {
  const service = arn.split(':')[2];
  if (service === 'lambda' || service === 'sqs') return service;
  if (arn.split(':')[5]?.startsWith('api-destination/')) return 'api';
  throw new Problem(
    `${where}: a rule's target here is a function, a queue or an API destination, not ${arn}`,
  );
}

/** State machines are not emulated, so nothing is delivered to them. */
const isPlayedTarget = ({ Arn }: { Arn: string }): boolean => Arn.split(':')[2] !== 'stepfunctions';

/** The name of a target in the log of deliveries. */
export const targetName = ({ kind, arn }: TargetSpec): string =>
  kind === 'api' ? (arn.split('/')[1] ?? arn) : nameInArn(arn);

function readTarget(target: z.infer<typeof targetSchema>, where: string): TargetSpec {
  return {
    id: target.Id,
    arn: target.Arn,
    kind: targetKind(target.Arn, where),
    maxRetries: target.RetryPolicy.MaximumRetryAttempts,
    maxAgeSeconds: target.RetryPolicy.MaximumEventAgeInSeconds,
    ...(target.RoleArn === undefined ? {} : { roleArn: target.RoleArn }),
    ...(target.Input === undefined ? {} : { input: target.Input }),
    ...(target.InputPath === undefined ? {} : { inputPath: target.InputPath }),
    ...(target.DeadLetterConfig ? { deadLetterQueueArn: target.DeadLetterConfig.Arn } : {}),
  };
}

function named<T>(id: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Problem(`${id}: ${messageOf(error)}`);
  }
}

export function readRules(stack: StackReader): RuleSpec[] {
  const rules = stack.read('AWS::Events::Rule', ruleSchema);
  return rules
    .filter(({ props }) => props.State !== 'DISABLED')
    .map(({ id, name, props }) => {
      const bus = nameInArn(props.EventBusName);
      const { EventPattern: pattern, ScheduleExpression: expression } = props;
      return {
        id,
        name,
        bus,
        arn: arnOf.rule(bus, name),
        targets: props.Targets.filter(isPlayedTarget).map((target) => readTarget(target, id)),
        ...(pattern ? { matches: named(id, () => compilePattern(pattern)) } : {}),
        ...(expression ? { schedule: { expression, next: named(id, () => parseSchedule(expression)) } } : {}),
      };
    });
}

export function readBuses(stack: StackReader): string[] {
  return ['default', ...stack.read('AWS::Events::EventBus', z.object({})).map(({ name }) => name)];
}
