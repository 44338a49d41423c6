import type { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import {
  type AlarmMetric,
  EVENTS_RECEIVED_METRIC,
  EVENTS_REFUSED_METRIC,
} from '../../functions/runtime/environment.ts';
import type { DealerBus } from '../constructs/dealer-bus.ts';
import type { FilePull } from '../constructs/file-pull.ts';
import { metricsNamespace } from '../constructs/handoff-function.ts';
import type { HandoffFunctions } from '../constructs/handoff-functions.ts';
import type { HandoffTable } from '../constructs/handoff-table.ts';
import type { Mail } from '../constructs/mail.ts';
import { indexNames } from '../table-shape.ts';
import type { Metrics, WatchedParts } from './spec.ts';

/** CloudWatch's limit for one alarm. */
export const MOST_METRICS_IN_ONE_ALARM = 10;

/** Uses the dimension under which our functions record alarm metrics. */
export function ownMetric(
  { name, recordedBy }: AlarmMetric,
  groupName: string,
  period: Duration,
  statistic: string = Stats.MAXIMUM,
): IMetric {
  return new Metric({
    namespace: metricsNamespace(groupName),
    metricName: name,
    dimensionsMap: { service: recordedBy },
    statistic,
    period,
  });
}

/** Below ten events the share is zero, because a single refusal would be a large share. */
export function refusedShare(groupName: string, period: Duration): IMetric {
  return new MathExpression({
    expression: 'IF(received >= 10, 100 * refused / received, 0)',
    usingMetrics: {
      received: ownMetric(EVENTS_RECEIVED_METRIC, groupName, period, Stats.SUM),
      refused: ownMetric(EVENTS_REFUSED_METRIC, groupName, period, Stats.SUM),
    },
    label: 'Refused events, %',
    period,
  });
}

export function ageOfOldest(queue: Queue, period: Duration): IMetric {
  return queue.metricApproximateAgeOfOldestMessage({ period, statistic: Stats.MAXIMUM });
}

/** EventBridge reports metrics of rules on the shared default bus by rule name only. */
export function ofAllRules(
  metricName: string,
  { bus, rulesOfDefaultBus }: WatchedParts,
  period: Duration,
): Readonly<Record<string, IMetric>> {
  const reportsAndClock = rulesOfDefaultBus.map(({ ruleName }) => ofRule(metricName, ruleName, period));
  return {
    'of-bus': ofRulesOn(bus, metricName, period),
    'of-reports-and-clock': total(reportsAndClock, metricName, period),
  };
}

function ofRule(metricName: string, RuleName: string, period: Duration): IMetric {
  return new Metric({
    namespace: 'AWS/Events',
    metricName,
    dimensionsMap: { RuleName },
    statistic: Stats.SUM,
    period,
  });
}

/** Runs that failed or took too long, and those that the schedule could not start. */
export function runsLost({ stateMachine, ruleName }: FilePull, period: Duration): IMetric {
  const sum = { period, statistic: Stats.SUM };
  const lost = [stateMachine.metricFailed(sum), stateMachine.metricTimedOut(sum)];
  return total([...lost, ofRule('FailedInvocations', ruleName, period)], 'Runs lost', period);
}

/** A query instead of one alarm for each rule, so that it covers rules added later. */
function ofRulesOn(bus: DealerBus, metricName: string, period: Duration): IMetric {
  return new MathExpression({
    expression: `SELECT SUM(${metricName}) FROM SCHEMA("AWS/Events", EventBusName, RuleName) WHERE EventBusName = '${bus.literalName}'`,
    label: metricName,
    period,
  });
}

/** One alarm for every ten functions. */
export function sumOf(functions: HandoffFunctions, metricName: string, period: Duration): Metrics {
  const metrics = Object.values(functions).map((fn) =>
    fn.metric(metricName, { period, statistic: Stats.SUM }),
  );
  const [first, ...others] = inTens(metrics).map((some) => total(some, metricName, period));
  if (!first || others.length === 0) return first ?? {};
  return Object.fromEntries([first, ...others].map((sum, at) => [String(at + 1), sum]));
}

function inTens<T>(all: readonly T[]): readonly (readonly T[])[] {
  const starts = all.map((_one, at) => at).filter((at) => at % MOST_METRICS_IN_ONE_ALARM === 0);
  return starts.map((at) => all.slice(at, at + MOST_METRICS_IN_ONE_ALARM));
}

export function throttleEvents(table: HandoffTable, period: Duration): IMetric {
  const event = (metricName: string, index?: string) =>
    new Metric({
      namespace: 'AWS/DynamoDB',
      metricName,
      dimensionsMap: {
        TableName: table.name,
        ...(index === undefined ? {} : { GlobalSecondaryIndexName: index }),
      },
      statistic: Stats.SUM,
      period,
    });
  const metrics = [undefined, ...indexNames].flatMap((index) => [
    event('ReadThrottleEvents', index),
    event('WriteThrottleEvents', index),
  ]);
  return total(metrics, 'Throttled', period);
}

function total(metrics: readonly IMetric[], label: string, period: Duration): IMetric {
  const named = metrics.map((metric, at) => [`m${at}`, metric] as const);
  return new MathExpression({
    // FILL: one metric without data in a period would make the sum disappear.
    expression: named.map(([name]) => `FILL(${name}, 0)`).join(' + '),
    usingMetrics: Object.fromEntries(named),
    label,
    period,
  });
}

export function reputation(metricName: string, mail: Mail, period: Duration): IMetric {
  return new Metric({
    namespace: 'AWS/SES',
    metricName,
    dimensionsMap: { 'ses:configuration-set': mail.configurationSetName },
    statistic: Stats.MAXIMUM,
    period,
  });
}
