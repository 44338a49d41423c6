import { randomUUID } from 'node:crypto';
import { account, nameInArn, region } from '../aws.ts';
import type { Clock } from '../clock.ts';
import type { Source } from '../engine.ts';
import type { Journal } from '../journal.ts';
import type { InvokeAsync } from '../lambda/async-invoke.ts';
import type { Queues } from '../sqs/queues.ts';
import type { RuleSpec, TargetSpec } from '../stack/rules.ts';
import { eventTime } from './bus.ts';
import { targetInput } from './deliver.ts';
import type { BusEvent } from './event-log.ts';

interface TickSurroundings {
  journal: Journal;
  clock: Clock;
  rules: RuleSpec[];
  queues: Queues;
  invokeAsync: InvokeAsync;
}

interface Scheduled {
  rule: RuleSpec;
  expression: string;
  next: (after: number) => number;
  nextAt: number;
}

const tickEvent = (rule: RuleSpec, at: number): BusEvent => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account,
  time: eventTime(at),
  region,
  resources: [rule.arn],
  detail: {},
});

/**
 * The template's schedules. After a successful tick, only the time of the next one is stored, without waiting for the
 * disk: if a crash loses ticks, one tick at the restart makes up for them.
 */
export class Ticks implements Source {
  readonly #aws: TickSurroundings;
  readonly #scheduled: Scheduled[];

  constructor(surroundings: TickSurroundings) {
    this.#aws = surroundings;
    const { journal, clock, rules } = surroundings;
    this.#scheduled = rules.flatMap((rule): Scheduled[] => {
      if (!rule.schedule) return [];
      const { expression, next } = rule.schedule;
      const kept = journal.getMeta(keyOf(rule, expression));
      return [{ rule, expression, next, nextAt: kept ? Number(kept) : next(clock.now()) }];
    });
  }

  rules(): { id: string; expression: string; nextAt: number }[] {
    return this.#scheduled.map(({ rule, expression, nextAt }) => ({ id: rule.id, expression, nextAt }));
  }

  nextDue(): number | undefined {
    return this.#earliest()?.nextAt;
  }

  take(): (() => Promise<void>) | undefined {
    const due = this.#earliest();
    if (!due) return undefined;
    const event = tickEvent(due.rule, due.nextAt);
    this.#plan(due);
    return async () => {
      await Promise.all(due.rule.targets.map((target) => this.#fire(target, event)));
    };
  }

  #earliest(): Scheduled | undefined {
    return this.#scheduled.reduce<Scheduled | undefined>(
      (best, each) => (!best || each.nextAt < best.nextAt ? each : best),
      undefined,
    );
  }

  /** If ticks were missed while the local run was stopped, one tick makes up for all of them. */
  #plan(each: Scheduled): void {
    const { clock, journal } = this.#aws;
    const next = each.next(each.nextAt);
    each.nextAt = next > clock.now() ? next : each.next(clock.now());
    journal.setMeta(keyOf(each.rule, each.expression), String(each.nextAt));
  }

  async #fire(target: TargetSpec, event: BusEvent): Promise<void> {
    const { queues, invokeAsync, clock } = this.#aws;
    const payload = targetInput(event, target);
    if (target.kind === 'sqs') {
      queues.send(target.arn, JSON.stringify(payload), {});
      return;
    }
    await invokeAsync(undefined, {
      kind: 'invoke',
      functionName: nameInArn(target.arn),
      requestId: event.id,
      payload,
      attempts: 0,
      firstAt: clock.now(),
    });
  }
}

const keyOf = (rule: RuleSpec, expression: string): string => `tick ${rule.id} ${expression}`;
