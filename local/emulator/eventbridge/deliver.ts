import { randomUUID } from 'node:crypto';
import { nameInArn } from '../aws.ts';
import type { Clock } from '../clock.ts';
import type { Faults } from '../faults.ts';
import type { Journal } from '../journal.ts';
import type { InvokeAsync } from '../lambda/async-invoke.ts';
import { numberAttribute, textAttribute } from '../sqs/message.ts';
import type { Queues } from '../sqs/queues.ts';
import type { RuleSpec, TargetSpec } from '../stack/rules.ts';
import type { DeliverWork, WorkItem, WorkList } from '../work.ts';
import type { BusEvent, EventLog } from './event-log.ts';

export interface DeliverySurroundings {
  journal: Journal;
  clock: Clock;
  log: EventLog;
  rules: RuleSpec[];
  queues: Queues;
  faults: Faults;
  work: () => WorkList;
  invokeAsync: InvokeAsync;
}

/** `Input` replaces the event, `InputPath` picks a part of it. */
export function targetInput(event: BusEvent, target: TargetSpec): unknown {
  if (target.input !== undefined) return JSON.parse(target.input);
  if (target.inputPath === undefined) return event;
  let value: unknown = event;
  for (const key of target.inputPath.split('.').slice(1)) {
    value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  }
  return value ?? null;
}

/** A second at first, doubling to a quarter of an hour: EventBridge's own schedule is not published. */
const retryDelayMs = (attempts: number): number => Math.min(2 ** (attempts - 1) * 1000, 900_000);

/** Hands an event to one target; EventBridge's part ends when Lambda or SQS has taken it. */
export function createDelivery(surroundings: DeliverySurroundings) {
  const { journal, clock, log, rules, queues, faults, invokeAsync } = surroundings;

  function giveUp(
    item: WorkItem,
    work: DeliverWork,
    event: BusEvent,
    rule: RuleSpec,
    target: TargetSpec,
  ): void {
    const byAge = work.attempts <= target.maxRetries;
    journal.durably(() => {
      const queue = target.deadLetterQueueArn;
      if (queue) {
        queues.send(queue, JSON.stringify(event), {
          RULE_ARN: textAttribute(rule.arn),
          TARGET_ARN: textAttribute(target.arn),
          ERROR_CODE: textAttribute('SDK_CLIENT_ERROR'),
          ERROR_MESSAGE: textAttribute('The target is unavailable (a fault that was switched on).'),
          EXHAUSTED_RETRY_CONDITION: textAttribute(
            byAge ? 'MaximumEventAgeInSeconds' : 'MaximumRetryAttempts',
          ),
          RETRY_ATTEMPTS: numberAttribute(work.attempts - 1),
        });
      }
      surroundings.work().done(item);
      log.note(work.origin, queue ? 'dead' : 'dropped', work.attempts, 'the target was unavailable');
    });
  }

  function retry(
    item: WorkItem,
    work: DeliverWork,
    event: BusEvent,
    rule: RuleSpec,
    target: TargetSpec,
  ): void {
    const tried = { ...work, attempts: work.attempts + 1 };
    const due = clock.now() + retryDelayMs(tried.attempts);
    const tooOld = due > work.firstAt + target.maxAgeSeconds * 1000;
    if (tooOld || tried.attempts > target.maxRetries) {
      giveUp(item, tried, event, rule, target);
    } else {
      surroundings.work().postpone(item, tried, due);
      log.note(work.origin, 'retrying', tried.attempts, 'the target was unavailable');
    }
  }

  function toQueue(item: WorkItem, work: DeliverWork, input: unknown, target: TargetSpec): void {
    journal.durably(() => {
      queues.send(target.arn, JSON.stringify(input), {});
      surroundings.work().done(item);
      log.note(work.origin, 'done', work.attempts + 1);
    });
  }

  return async (item: WorkItem, work: DeliverWork): Promise<void> => {
    const rule = rules.find(({ id }) => id === work.origin.rule);
    const target = rule?.targets.find(({ id }) => id === work.origin.target);
    const event = log.find(work.origin.eventId)?.event;
    if (!rule || !target || !event) {
      surroundings.work().done(item);
      return log.note(work.origin, 'dropped', work.attempts, 'the template no longer has this target');
    }
    if (faults.targetUnavailable()) return retry(item, work, event, rule, target);
    const input = targetInput(event, target);
    if (target.kind === 'sqs') return toQueue(item, work, input, target);
    await invokeAsync(item, {
      kind: 'invoke',
      functionName: nameInArn(target.arn),
      requestId: randomUUID(),
      payload: input,
      attempts: 0,
      firstAt: clock.now(),
      origin: work.origin,
    });
  };
}
