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

export interface Ticks extends Source {
  rules(): { id: string; expression: string; nextAt: number }[];
}

export interface TickSurroundings {
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
 * The schedules of the template. A tick that succeeds is written down nowhere but in the time of the
 * next one, without waiting for the disk: what is lost in a crash is made good by one tick at the restart.
 */
export function openTicks({ journal, clock, rules, queues, invokeAsync }: TickSurroundings): Ticks {
  const scheduled = rules.flatMap((rule): Scheduled[] => {
    if (!rule.schedule) return [];
    const { expression, next } = rule.schedule;
    const kept = journal.getMeta(`tick ${rule.id} ${expression}`);
    return [{ rule, expression, next, nextAt: kept ? Number(kept) : next(clock.now()) }];
  });

  function earliest(): Scheduled | undefined {
    return scheduled.reduce<Scheduled | undefined>(
      (best, each) => (!best || each.nextAt < best.nextAt ? each : best),
      undefined,
    );
  }

  /** Ticks missed while the local run was stopped are made good by one. */
  function plan(each: Scheduled): void {
    const next = each.next(each.nextAt);
    each.nextAt = next > clock.now() ? next : each.next(clock.now());
    journal.setMeta(`tick ${each.rule.id} ${each.expression}`, String(each.nextAt));
  }

  async function fire(target: TargetSpec, event: BusEvent): Promise<void> {
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

  return {
    nextDue: () => earliest()?.nextAt,
    take: () => {
      const due = earliest();
      if (!due) return undefined;
      const event = tickEvent(due.rule, due.nextAt);
      plan(due);
      return async () => {
        await Promise.all(due.rule.targets.map((target) => fire(target, event)));
      };
    },
    rules: () => scheduled.map(({ rule, expression, nextAt }) => ({ id: rule.id, expression, nextAt })),
  };
}
