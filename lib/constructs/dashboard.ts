import { Duration } from 'aws-cdk-lib';
import {
  Dashboard as CloudWatchDashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  LogQueryVisualizationType,
  LogQueryWidget,
  MathExpression,
  Metric,
  SingleValueWidget,
  Stats,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import {
  type AlarmMetric,
  EMAILS_GIVEN_UP_METRIC,
  EVENTS_RECEIVED_METRIC,
  EVENTS_REFUSED_METRIC,
  EVENTS_SUSPICIOUS_METRIC,
  FAILED_WORK_METRIC,
  OLDEST_DUE_AGE_METRIC,
  SILENT_FEEDS_METRIC,
} from '../../functions/runtime/environment.ts';
import { metricsNamespace } from './handoff-function.ts';
import type { HandoffFunctions } from './handoff-functions.ts';
import type { HandoffTable } from './handoff-table.ts';
import type { LinksApi } from './links-api.ts';
import type { Mail } from './mail.ts';

export interface DashboardProps {
  readonly groupName: string;
  readonly functions: HandoffFunctions;
  readonly table: HandoffTable;
  readonly mail: Mail;
  readonly links: LinksApi;
}

interface Row {
  readonly question: string;
  readonly answer: string;
  readonly widgets: readonly IWidget[];
}

const WIDTH = 24;
const QUESTION_WIDTH = 5;
const HEIGHT = 6;
const HOUR = Duration.hours(1);
const DAY = Duration.days(1);

/** Six questions about a group, each next to the numbers that answer it. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const rows = [
      events(props),
      handoffs(props),
      acceptance(props),
      emails(props),
      sweep(props),
      costs(props),
    ];
    new CloudWatchDashboard(this, 'Board', {
      dashboardName: `handoff-${props.groupName}`,
      defaultInterval: Duration.days(7),
      widgets: rows.map(({ question, answer, widgets }) => [
        new TextWidget({
          markdown: `## ${question}\n${answer}`,
          width: QUESTION_WIDTH,
          height: HEIGHT,
        }),
        ...widgets,
      ]),
    });
  }
}

function events(props: DashboardProps): Row {
  return {
    question: 'Do events come in, and are they accepted?',
    answer:
      'Refused events are kept: `npm run dead-letters` lists them with the reasons. `npm run preflight` lists the last event of each sender and store.',
    widgets: [
      new GraphWidget({
        ...beside(3),
        title: 'Events an hour',
        left: [own(EVENTS_RECEIVED_METRIC, props, 'received'), own(EVENTS_REFUSED_METRIC, props, 'refused')],
      }),
      new GraphWidget({
        ...beside(3),
        title: 'Senders that are silent at a store',
        left: [own(SILENT_FEEDS_METRIC, props, 'silent', HOUR, Stats.MAXIMUM)],
      }),
      new SingleValueWidget({
        ...beside(3),
        title: 'Events of a day: refused, and with amounts that look wrong',
        metrics: [
          own(EVENTS_RECEIVED_METRIC, props, 'received', DAY),
          own(EVENTS_REFUSED_METRIC, props, 'refused', DAY),
          own(EVENTS_SUSPICIOUS_METRIC, props, 'suspicious', DAY),
        ],
      }),
    ],
  };
}

function handoffs(props: DashboardProps): Row {
  return {
    question: 'How do the handoffs of each kind stand?',
    answer:
      'How many were created, accepted, completed, declined, escalated and cancelled in the chosen time.',
    widgets: [
      queryOf(props, 'Handoffs by kind and step', [
        'filter message = "Handoff"',
        'stats count_distinct(taskId) as handoffs by kind, step',
        'sort kind, step',
      ]),
    ],
  };
}

function acceptance(props: DashboardProps): Row {
  return {
    question: 'How long until somebody accepts?',
    answer: 'Minutes from the creation of a handoff to its acceptance, nights included.',
    widgets: [
      queryOf(props, 'Minutes to acceptance by kind', [
        'filter message = "Handoff" and step in ["created", "accepted"]',
        'stats min(createdAt) as made, min(acceptedAt) as taken by taskId, kind',
        'filter made > 0 and taken > 0',
        'stats count(*) as accepted, pct((taken - made) / 60000, 50) as median, pct((taken - made) / 60000, 90) as slowest_tenth by kind',
      ]),
    ],
  };
}

function emails(props: DashboardProps): Row {
  const reports = `SEARCH('{${metricsNamespace(props.groupName)},outcome,report,service} MetricName="EmailReports"', 'Sum', 3600)`;
  return {
    question: 'What became of the emails?',
    answer:
      'What SES reported, and what was given up. SES reviews an account at 5 % bounces or 0.1 % complaints.',
    widgets: [
      new GraphWidget({
        ...beside(2),
        title: 'Reports of SES, and emails given up',
        left: [
          new MathExpression({ expression: reports, label: '', period: HOUR }),
          own(EMAILS_GIVEN_UP_METRIC, props, 'given up'),
        ],
      }),
      new GraphWidget({
        ...beside(2),
        title: 'Share of bounces and complaints',
        left: ['BounceRate', 'ComplaintRate'].map(
          (name) =>
            new Metric({
              namespace: 'AWS/SES',
              metricName: `Reputation.${name}`,
              dimensionsMap: { 'ses:configuration-set': props.mail.configurationSetName },
              statistic: Stats.MAXIMUM,
              period: HOUR,
            }),
        ),
      }),
    ],
  };
}

function sweep(props: DashboardProps): Row {
  const { functions } = props;
  const lambda = functions['sweep-due-work'];
  return {
    question: 'Does the sweep keep up?',
    answer: 'Reminders, escalations, summaries and queued emails are at most five minutes late when it does.',
    widgets: [
      new GraphWidget({
        ...beside(2),
        title: 'Seconds that the oldest work waits',
        left: [own(OLDEST_DUE_AGE_METRIC, props, 'oldest', Duration.minutes(5), Stats.MAXIMUM)],
      }),
      new GraphWidget({
        ...beside(2),
        title: 'Items that a sweep failed on, and sweeps that crashed',
        left: [
          own(FAILED_WORK_METRIC, props, 'failed items', Duration.minutes(5), Stats.MAXIMUM),
          lambda.metricErrors({ period: Duration.minutes(5), statistic: Stats.SUM, label: 'crashed sweeps' }),
        ],
      }),
    ],
  };
}

function costs({ functions, table, links }: DashboardProps): Row {
  const consumed = (metricName: string, label: string) =>
    new Metric({
      namespace: 'AWS/DynamoDB',
      metricName,
      label,
      dimensionsMap: { TableName: table.name },
      statistic: Stats.SUM,
      period: DAY,
    });
  return {
    question: 'What does it cost?',
    answer:
      'What AWS charges by use. docs/cost.md has the prices, and what stands on the bill without any use.',
    widgets: [
      new GraphWidget({
        ...beside(3),
        title: 'Reads and writes of the table a day',
        left: [
          consumed('ConsumedReadCapacityUnits', 'read units'),
          consumed('ConsumedWriteCapacityUnits', 'write units'),
        ],
      }),
      new GraphWidget({
        ...beside(3),
        title: 'Invocations a day',
        left: [invocations(functions)],
      }),
      new GraphWidget({
        ...beside(3),
        title: 'Requests to pages a day',
        left: [links.api.metricCount({ period: DAY, statistic: Stats.SUM, label: 'requests' })],
      }),
    ],
  };
}

function invocations(functions: HandoffFunctions): IMetric {
  const metrics = Object.values(functions).map(
    (one, at) => [`m${at}`, one.metricInvocations({ period: DAY, statistic: Stats.SUM })] as const,
  );
  return new MathExpression({
    expression: metrics.map(([name]) => `FILL(${name}, 0)`).join(' + '),
    usingMetrics: Object.fromEntries(metrics),
    label: 'invocations of all functions',
    period: DAY,
  });
}

function own(
  { name, recordedBy }: AlarmMetric,
  { groupName }: DashboardProps,
  label: string,
  period = HOUR,
  statistic: string = Stats.SUM,
): IMetric {
  return new Metric({
    namespace: metricsNamespace(groupName),
    metricName: name,
    dimensionsMap: { service: recordedBy },
    label,
    statistic,
    period,
  });
}

function queryOf({ functions }: DashboardProps, title: string, queryLines: string[]): IWidget {
  return new LogQueryWidget({
    ...beside(1),
    title,
    logGroupNames: Object.values(functions).map((one) => one.logGroup.logGroupName),
    view: LogQueryVisualizationType.TABLE,
    queryLines,
  });
}

/** The size of each widget next to a question, by how many there are. */
function beside(widgets: number) {
  return { width: Math.floor((WIDTH - QUESTION_WIDTH) / widgets), height: HEIGHT };
}
