/**
 * The alarms in one table: what each measures, when it fires, what that means and what to do. Both the stack's alarms
 * and `docs/alarms.md` are generated from it.
 */

import type { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { lambdas } from '../functions/lambdas.ts';
import {
  type AlarmMetric,
  EMAILS_GIVEN_UP_METRIC,
  EVENTS_RECEIVED_METRIC,
  EVENTS_REFUSED_METRIC,
  FAILED_WORK_METRIC,
  ITEMS_NEAR_BOUND_METRIC,
  OLDEST_DUE_AGE_METRIC,
  STAFF_BOUNCES_METRIC,
  SWEEP_RESERVE_SECONDS,
} from '../functions/runtime/environment.ts';
import type { DeadLetters } from './constructs/dead-letters.ts';
import type { DealerBus } from './constructs/dealer-bus.ts';
import type { EventRoute } from './constructs/event-route.ts';
import { metricsNamespace } from './constructs/handoff-function.ts';
import type { HandoffFunctions } from './constructs/handoff-functions.ts';
import type { HandoffTable } from './constructs/handoff-table.ts';
import type { LinksApi } from './constructs/links-api.ts';
import type { Mail } from './constructs/mail.ts';
import { indexNames } from './table-shape.ts';

export interface WatchedParts {
  readonly groupName: string;
  readonly bus: DealerBus;
  /** What SES reports, and the clock. */
  readonly rulesOfDefaultBus: readonly EventRoute[];
  readonly table: HandoffTable;
  readonly mail: Mail;
  readonly links: LinksApi;
  readonly deadLetters: DeadLetters;
  readonly functions: HandoffFunctions;
}

type Metrics = IMetric | Readonly<Record<string, IMetric>>;

export interface AlarmSpec {
  readonly name: string;
  readonly measures: string;
  /** One metric, or several by name, each of which gets its own alarm. */
  readonly metric: (parts: WatchedParts, period: Duration) => Metrics;
  readonly minutes: number;
  /** The number of evaluation periods. */
  readonly periods: number;
  /** The number of periods at or above the limit that fires the alarm. Defaults to all of them. */
  readonly datapoints?: number;
  readonly rings: { readonly from: number } | { readonly below: number };
  readonly unit?: string;
  /** Missing data usually means that nothing happened; for a schedule it means that it stopped. */
  readonly silenceRings?: true;
  readonly means: string;
  readonly todo: string;
}

/** The minimum duration of a sweep that ran out of time. */
const sweepEndsSeconds = lambdas['sweep-due-work'].timeoutSeconds - SWEEP_RESERVE_SECONDS;

export const alarmSpecs: readonly AlarmSpec[] = [
  {
    name: 'event-undeliverable',
    measures: 'events that arrived in the dead-letter queue of the rules',
    metric: ({ deadLetters }, period) =>
      deadLetters.ofRules.metricNumberOfMessagesSent({ period, statistic: Stats.SUM }),
    minutes: 5,
    periods: 1,
    rings: { from: 1 },
    means:
      'EventBridge could not hand an event to its function for 24 hours, or was not allowed to. It is kept.',
    todo: 'npm run dead-letters shows it with the reason. Remove the cause (usually a deploy that failed halfway), then npm run redrive.',
  },
  {
    name: 'function-gave-up',
    measures: 'events that arrived in the dead-letter queue of the functions',
    metric: ({ deadLetters }, period) =>
      deadLetters.ofFunctions.metricNumberOfMessagesSent({ period, statistic: Stats.SUM }),
    minutes: 5,
    periods: 1,
    rings: { from: 1 },
    means: 'A function failed on the same event three times. The event is kept with the error.',
    todo: 'npm run dead-letters shows the event and the error. When the cause is gone, npm run redrive.',
  },
  {
    name: 'dead-letters-not-kept',
    measures: 'the age of the oldest message in a dead-letter queue',
    metric: ({ deadLetters }, period) => ({
      'of-rules': ageOfOldest(deadLetters.ofRules, period),
      'of-functions': ageOfOldest(deadLetters.ofFunctions, period),
    }),
    minutes: 5,
    periods: 3,
    rings: { from: 900 },
    unit: 'seconds',
    means:
      'keep-dead-letters does not empty the queue into the table. After 14 days SQS would forget the message.',
    todo: 'Read the log of keep-dead-letters. The messages wait in the queue and are taken again by themselves.',
  },
  {
    name: 'event-lost',
    measures: 'events that EventBridge could put into no queue either',
    metric: (parts, period) => ofAllRules('InvocationsFailedToBeSentToDlq', parts, period),
    minutes: 5,
    periods: 1,
    rings: { from: 1 },
    means:
      'An event reached neither its function nor the dead-letter queue. Events of a DMS are in the archive; those of our functions and of SES are lost.',
    todo: 'Look at the policy of the dead-letter queue of the rules, then replay the archive over the minutes of the alarm: an event that was handled changes nothing when it comes again. The addresses that bounced or complained meanwhile are on the suppression list of SES.',
  },
  {
    name: 'delivery-failing',
    measures: 'deliveries to functions that EventBridge gave up',
    metric: (parts, period) => ofAllRules('FailedInvocations', parts, period),
    minutes: 5,
    periods: 1,
    rings: { from: 1 },
    means: 'A rule cannot invoke its function, as a rule because a permission is missing.',
    todo: 'npm run diff shows what was changed by hand; npm run deploy puts it back. Then npm run redrive.',
  },
  {
    name: 'failures-not-kept',
    measures: 'failed invocations that Lambda could not put into the dead-letter queue',
    metric: ({ functions }, period) => sumOf(functions, 'DestinationDeliveryFailures', period),
    minutes: 5,
    periods: 1,
    rings: { from: 1 },
    means: 'A function gave up on an event, and the event is in no queue. DMS events are in the archive.',
    todo: 'Look at the policy of the dead-letter queue of the functions and at their roles, then replay the archive over the minutes of the alarm.',
  },
  {
    name: 'errors',
    measures: 'failed invocations of one function',
    metric: ({ functions }, period) =>
      Object.fromEntries(
        Object.values(functions)
          .filter(({ name }) => name !== 'sweep-due-work')
          .map((fn) => [fn.name, fn.metricErrors({ period, statistic: Stats.SUM })]),
      ),
    minutes: 15,
    periods: 1,
    rings: { from: 5 },
    means: 'Not one unlucky event but something that fails again and again: AWS, SES or a deploy.',
    todo: 'Read the log of the function named in the alarm. Events are tried three times and then kept; queued emails stay queued.',
  },
  {
    name: 'throttled',
    measures: 'invocations of any function that Lambda refused for lack of concurrency',
    metric: ({ functions }, period) => sumOf(functions, 'Throttles', period),
    minutes: 5,
    periods: 2,
    rings: { from: 1 },
    means:
      "The account's concurrency is used up, by this stack or by another in the account. Events wait; pages answer with an error.",
    todo: 'Ask AWS for a higher concurrency quota, or move the other application to an account of its own.',
  },
  {
    name: 'sweep-stopped',
    measures: 'sweeps that began',
    metric: ({ functions }, period) =>
      functions['sweep-due-work'].metricInvocations({ period, statistic: Stats.SUM }),
    minutes: 15,
    periods: 1,
    rings: { below: 1 },
    silenceRings: true,
    means: 'Nobody looks for reminders, escalations, summaries and queued emails that are due.',
    todo: 'See that the rule of the clock is enabled and that sweep-due-work is not throttled. The next sweep catches up with everything.',
  },
  {
    name: 'sweep-crashing',
    measures: 'sweeps that ended with an error or at the timeout',
    metric: ({ functions }, period) =>
      functions['sweep-due-work'].metricErrors({ period, statistic: Stats.SUM }),
    minutes: 15,
    periods: 1,
    // Three sweeps start in this time, and none is retried.
    rings: { from: 2 },
    means:
      'Sweeps begin and crash, so reminders, escalations, summaries and queued emails wait. A sweep that crashes records no numbers: sweep-behind and sweep-failing stay silent.',
    todo: 'Read the log of sweep-due-work: the line "The sweep failed" has the error, and a sweep that ran out of time says "Status: timeout". npm run dead-letters does not list ticks. The next complete sweep catches up.',
  },
  {
    name: 'events-refused',
    measures: 'events that were refused',
    metric: ({ groupName }, period) => ownMetric(EVENTS_REFUSED_METRIC, groupName, period, Stats.SUM),
    minutes: 15,
    periods: 1,
    rings: { from: 5 },
    means:
      'A sender puts events on the bus that no contract accepts, or for a store that cannot take handoffs. They are kept, and nobody works on them.',
    todo: 'npm run dead-letters lists them with the reasons. Correct the adapter of the sender or the roster of the store, and send the events again.',
  },
  {
    name: 'events-refused-share',
    measures: 'the share of refused events, where at least ten came',
    metric: ({ groupName }, period) => refusedShare(groupName, period),
    minutes: 60,
    periods: 1,
    rings: { from: 20 },
    unit: '%',
    means:
      'A good part of what the senders say is refused, as after a release of a DMS that renamed a field.',
    todo: 'npm run dead-letters shows which field the reasons name. Correct the adapter of the sender, and send the events again.',
  },
  {
    name: 'emails-given-up',
    measures: 'emails that will not be sent any more',
    metric: ({ groupName }, period) => ownMetric(EMAILS_GIVEN_UP_METRIC, groupName, period, Stats.SUM),
    minutes: 15,
    periods: 1,
    rings: { from: 3 },
    means:
      'SES refuses addresses one after the other, or an outage lasted longer than emails are kept for. The manager of each handoff gets an email.',
    todo: 'npm run trace -- --deal N --store S shows the reason beside each email. Where addresses are wrong, correct them in the DMS or the roster.',
  },
  {
    name: 'staff-bouncing',
    measures: 'emails to staff that bounced for good',
    metric: ({ groupName }, period) => ownMetric(STAFF_BOUNCES_METRIC, groupName, period, Stats.SUM),
    minutes: 60,
    periods: 1,
    rings: { from: 3 },
    means:
      'Several mailboxes that vanish in one hour are a mail gateway that refuses SES, not several leavers. Nothing is routed to a person whose email bounced until the flag is taken away.',
    todo: "Ask whoever runs the dealer's mail gateway to accept the sender's domain. npm run roster -- list shows who is flagged; npm run opt-outs -- clear-bounce --email ADDRESS takes the flag and SES's suppression away.",
  },
  {
    name: 'items-near-bound',
    measures: 'writes of items that hold three quarters of what an item may, or more',
    metric: ({ groupName }, period) => ownMetric(ITEMS_NEAR_BOUND_METRIC, groupName, period, Stats.SUM),
    minutes: 60,
    periods: 1,
    rings: { from: 1 },
    means: 'One handoff sends or logs far more than any should. Its oldest entries are shortened.',
    todo: 'The log line "An item is near its bound" has the task id and the bounds; npm run trace shows what it did so often.',
  },
  {
    name: 'sweep-behind',
    measures: 'how long the oldest due work has been due',
    metric: ({ groupName }, period) => ownMetric(OLDEST_DUE_AGE_METRIC, groupName, period),
    minutes: 5,
    periods: 3,
    // A sweep that ends across the boundary of a period leaves one without a number.
    datapoints: 2,
    rings: { from: 900 },
    unit: 'seconds',
    means:
      'Sweeps run but do not keep up: one item fails each time, SES is slow or refuses, or there is too much.',
    todo: 'Read the log of sweep-due-work for what it fails on. During an outage of SES this is expected and ends by itself.',
  },
  {
    name: 'sweep-failing',
    measures: 'items and stores that a sweep failed on',
    metric: ({ groupName }, period) => ownMetric(FAILED_WORK_METRIC, groupName, period),
    minutes: 5,
    periods: 3,
    // A sweep that ends across the boundary of a period leaves one without a number.
    datapoints: 2,
    rings: { from: 1 },
    means:
      'The same work fails in every sweep: an item that this release cannot read, a store that was taken out of the group’s file, a store without anybody to route to. All else is done.',
    todo: 'Read the log of sweep-due-work: it names the item and the error. Put the store back into the file, import the roster, or deploy the release that can read the item; the next sweep does the rest.',
  },
  {
    name: 'sweep-too-long',
    measures: 'the longest sweep',
    metric: ({ functions }, period) =>
      functions['sweep-due-work'].metricDuration({ period, statistic: Stats.MAXIMUM }),
    minutes: 15,
    periods: 2,
    rings: { from: sweepEndsSeconds * 1000 },
    unit: 'milliseconds',
    means: 'Sweeps use all the time they have and end by the clock instead of by being done.',
    todo: 'After an outage this is expected. If it stays, the group needs a higher sending rate of SES or has something that comes due again and again.',
  },
  {
    name: 'bounces',
    measures: 'the bounce rate of this group’s email',
    metric: ({ mail }, period) => reputation('Reputation.BounceRate', mail, period),
    minutes: 60,
    periods: 1,
    rings: { from: 0.04 },
    unit: '(SES reviews an account at 0.05)',
    means: 'Too many addresses do not exist. SES may stop all sending of the account.',
    todo: 'Find the store or the DMS export that sends bad addresses; set the store to staff-only until it is corrected.',
  },
  {
    name: 'complaints',
    measures: 'the complaint rate of this group’s email',
    metric: ({ mail }, period) => reputation('Reputation.ComplaintRate', mail, period),
    minutes: 60,
    periods: 1,
    rings: { from: 0.0008 },
    unit: '(SES reviews an account at 0.001)',
    means: 'Customers mark the email as unwanted. SES may stop all sending of the account.',
    todo: 'npm run trace tells which emails they were. Set the store to staff-only until it is understood.',
  },
  {
    name: 'pages-failing',
    measures: 'pages that answered with a server error',
    metric: ({ links }, period) => links.api.metricServerError({ period, statistic: Stats.SUM }),
    minutes: 5,
    periods: 1,
    rings: { from: 1 },
    means: 'Somebody clicked a link in an email and got an error instead of the page.',
    todo: 'Read the log of answer-task. The choice may be saved nevertheless: it is saved first, and its emails are sent after. The link shows the person whether it was; queued emails go with the next sweep.',
  },
  {
    name: 'table-throttled',
    measures: 'reads and writes that DynamoDB refused for their rate',
    metric: ({ table }, period) => throttleEvents(table, period),
    minutes: 5,
    periods: 2,
    rings: { from: 1 },
    means: 'More traffic than the table takes, as a rule in one store or in the index of due work.',
    todo: 'Everything is tried again. If it stays, find what writes so much: a replay or an import should be done in parts.',
  },
];

/** CloudWatch's limit for one alarm. */
export const MOST_METRICS_IN_ONE_ALARM = 10;

/** Uses the dimension under which our functions record alarm metrics. */
function ownMetric(
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
function refusedShare(groupName: string, period: Duration): IMetric {
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

function ageOfOldest(queue: Queue, period: Duration): IMetric {
  return queue.metricApproximateAgeOfOldestMessage({ period, statistic: Stats.MAXIMUM });
}

/** EventBridge reports metrics of rules on the shared default bus by rule name only. */
function ofAllRules(
  metricName: string,
  { bus, rulesOfDefaultBus }: WatchedParts,
  period: Duration,
): Readonly<Record<string, IMetric>> {
  const ofRule = (RuleName: string) =>
    new Metric({
      namespace: 'AWS/Events',
      metricName,
      dimensionsMap: { RuleName },
      statistic: Stats.SUM,
      period,
    });
  const reportsAndClock = rulesOfDefaultBus.map(({ ruleName }) => ofRule(ruleName));
  return {
    'of-bus': ofRulesOn(bus, metricName, period),
    'of-reports-and-clock': total(reportsAndClock, metricName, period),
  };
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
function sumOf(functions: HandoffFunctions, metricName: string, period: Duration): Metrics {
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

function throttleEvents(table: HandoffTable, period: Duration): IMetric {
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

function reputation(metricName: string, mail: Mail, period: Duration): IMetric {
  return new Metric({
    namespace: 'AWS/SES',
    metricName,
    dimensionsMap: { 'ses:configuration-set': mail.configurationSetName },
    statistic: Stats.MAXIMUM,
    period,
  });
}
