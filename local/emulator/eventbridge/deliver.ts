import { randomUUID } from 'node:crypto';
import { nameInArn } from '../aws.ts';
import type { Clock } from '../clock.ts';
import type { Faults } from '../faults.ts';
import type { Journal } from '../journal.ts';
import type { InvokeAsync } from '../lambda/async-invoke.ts';
import { numberAttribute, textAttribute } from '../sqs/message.ts';
import type { Queues } from '../sqs/queues.ts';
import type { ApiDestinationSpec } from '../stack/api-destinations.ts';
import type { RuleSpec, TargetSpec } from '../stack/rules.ts';
import type { DeliverWork, WorkItem, WorkList } from '../work.ts';
import { callApi } from './call-api.ts';
import type { BusEvent, EventLog } from './event-log.ts';

interface DeliverySurroundings {
  journal: Journal;
  clock: Clock;
  log: EventLog;
  rules: RuleSpec[];
  queues: Queues;
  apiDestinations: ApiDestinationSpec[];
  /** Local addresses that stand in for external APIs, by destination name. */
  apisAt: ReadonlyMap<string, string>;
  faults: Faults;
  work: () => WorkList;
  invokeAsync: InvokeAsync;
}

/** The reason when a fault was switched on. */
const unavailable = 'the target was unavailable';

/** One event on its way to one target of one rule. */
interface Parcel {
  item: WorkItem;
  work: DeliverWork;
  event: BusEvent;
  rule: RuleSpec;
  target: TargetSpec;
}

/** The input of a target: `Input` replaces the event, `InputPath` selects a part of it. */
export function targetInput(event: BusEvent, target: TargetSpec): unknown {
  if (target.input !== undefined) return JSON.parse(target.input);
  if (target.inputPath === undefined) return event;
  let value: unknown = event;
  for (const key of target.inputPath.split('.').slice(1)) {
    value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  }
  return value ?? null;
}

/** One second at first, doubling up to a quarter of an hour. EventBridge's own schedule is not published. */
const retryDelayMs = (attempts: number): number => Math.min(2 ** (attempts - 1) * 1000, 900_000);

/** Delivers an event to one target. EventBridge's part ends when Lambda or SQS has accepted it. */
export class Delivery {
  readonly #aws: DeliverySurroundings;

  constructor(surroundings: DeliverySurroundings) {
    this.#aws = surroundings;
  }

  async deliver(item: WorkItem, work: DeliverWork): Promise<void> {
    const { rules, log, faults } = this.#aws;
    const rule = rules.find(({ id }) => id === work.origin.rule);
    const target = rule?.targets.find(({ id }) => id === work.origin.target);
    const event = log.find(work.origin.eventId)?.event;
    if (!rule || !target || !event) {
      this.#aws.work().done(item);
      return log.note(work.origin, 'dropped', work.attempts, 'the template no longer has this target');
    }
    const parcel = { item, work, event, rule, target };
    if (faults.targetUnavailable()) return this.#retry(parcel, unavailable);
    if (target.kind === 'sqs') return this.#toQueue(parcel);
    if (target.kind === 'api') return this.#toApi(parcel);
    return this.#toFunction(parcel);
  }

  async #toApi(parcel: Parcel): Promise<void> {
    const { item, work, event, target } = parcel;
    const destination = this.#aws.apiDestinations.find(({ arn }) => arn === target.arn);
    const url = destination && this.#aws.apisAt.get(destination.name);
    if (!destination || url === undefined) return this.#notCalled(parcel);
    const { is, why } = await callApi(destination, url, targetInput(event, target));
    if (is === 'again') return this.#retry(parcel, why);
    if (is === 'refused')
      return this.#giveUp({ ...parcel, work: { ...work, attempts: work.attempts + 1 } }, why);
    this.#aws.journal.durably(() => {
      this.#aws.work().done(item);
      this.#aws.log.note(work.origin, 'done', work.attempts + 1);
    });
  }

  /** For an API without a local stand-in: nothing outside this machine is ever called. */
  #notCalled({ item, work }: Parcel): void {
    this.#aws.journal.durably(() => {
      this.#aws.work().done(item);
      this.#aws.log.note(work.origin, 'dropped', work.attempts, 'an API elsewhere: nobody plays it here');
    });
  }

  #toQueue({ item, work, event, target }: Parcel): void {
    const { journal, queues, log } = this.#aws;
    journal.durably(() => {
      queues.send(target.arn, JSON.stringify(targetInput(event, target)), {});
      this.#aws.work().done(item);
      log.note(work.origin, 'done', work.attempts + 1);
    });
  }

  #toFunction({ item, work, event, target }: Parcel): Promise<void> {
    return this.#aws.invokeAsync(item, {
      kind: 'invoke',
      functionName: nameInArn(target.arn),
      requestId: randomUUID(),
      payload: targetInput(event, target),
      attempts: 0,
      firstAt: this.#aws.clock.now(),
      origin: work.origin,
    });
  }

  #retry(parcel: Parcel, why: string): void {
    const { item, work, target } = parcel;
    const tried = { ...work, attempts: work.attempts + 1 };
    const due = this.#aws.clock.now() + retryDelayMs(tried.attempts);
    const tooOld = due > work.firstAt + target.maxAgeSeconds * 1000;
    if (tooOld || tried.attempts > target.maxRetries) {
      this.#giveUp({ ...parcel, work: tried }, why);
    } else {
      this.#aws.work().postpone(item, tried, due);
      this.#aws.log.note(work.origin, 'retrying', tried.attempts, why);
    }
  }

  #giveUp(parcel: Parcel, why: string): void {
    const { item, work, target } = parcel;
    this.#aws.journal.durably(() => {
      if (target.deadLetterQueueArn) this.#toDeadLetters(parcel, target.deadLetterQueueArn, why);
      this.#aws.work().done(item);
      const state = target.deadLetterQueueArn ? 'dead' : 'dropped';
      this.#aws.log.note(work.origin, state, work.attempts, why);
    });
  }

  #toDeadLetters({ work, event, rule, target }: Parcel, queueArn: string, why: string): void {
    const byAge = work.attempts <= target.maxRetries;
    this.#aws.queues.send(queueArn, JSON.stringify(event), {
      RULE_ARN: textAttribute(rule.arn),
      TARGET_ARN: textAttribute(target.arn),
      ERROR_CODE: textAttribute('SDK_CLIENT_ERROR'),
      ERROR_MESSAGE: textAttribute(why),
      EXHAUSTED_RETRY_CONDITION: textAttribute(byAge ? 'MaximumEventAgeInSeconds' : 'MaximumRetryAttempts'),
      RETRY_ATTEMPTS: numberAttribute(work.attempts - 1),
    });
  }
}
