/**
 * The cost of a handoff: the calls that the bench counts, times AWS list prices. The tables of docs/cost.md are
 * generated here, and a test checks that they match.
 */

import { lambdas } from '../functions/lambdas.ts';
import { numbersQueries } from '../functions/numbers/queries.ts';

/** List prices in US dollars, US East (N. Virginia), November 2026. Check current prices before relying on them. */
export const prices = {
  millionEvents: 1,
  millionWriteUnits: 0.625,
  millionReadUnits: 0.125,
  thousandEmails: 0.1,
  millionInvocations: 0.2,
  /** For arm64. */
  millionGigabyteSeconds: 13.3334,
  millionPageRequests: 1,
  gigabyteOfLogs: 0.5,
  metricMonth: 0.3,
  alarmedMetricMonth: 0.1,
  keyMonth: 1,
  secretMonth: 0.4,
  gigabyteOfTableMonth: 0.25,
  gigabyteOfRecoveryMonth: 0.2,
  millionQueueRequests: 0.4,
  dashboardMonth: 3,
  terabyteScanned: 5,
} as const;

export interface Usage {
  readonly says: string;
  /** Events that the DMS and we put on the bus. */
  readonly events: number;
  readonly reads: number;
  readonly writes: number;
  readonly emails: number;
  readonly pageRequests: number;
  /** Invocations of functions behind rules and pages, without those for SES reports. */
  readonly invocations: number;
  /** What `keep-outcomes` adds after the handoff's events, while nobody waits. Counted by bench/calls-behind.ts. */
  readonly behind: { readonly reads: number; readonly writes: number; readonly invocations: number };
}

/** SES reports Send and Delivery for each email, and each report takes a read and a write of the task. */
const REPORTS_OF_EMAIL = 2;
const reportUnits = { reads: 1, writes: 3 } as const;
const GIGABYTE_SECONDS_OF_INVOCATION = 0.5 * 0.5;
/** The pages have a whole vCPU and need half the time. */
const GIGABYTE_SECONDS_OF_PAGE = 0.25 * (lambdas['answer-task'].megabytes / 1024);
const LOG_GIGABYTES_OF_INVOCATION = 2e-6;

/**
 * Complete handoffs: the event, the customer's card, the emails, the page, the acceptance (8 writes) and the
 * completion (8 writes).
 */
export const usages = [
  {
    says: 'a car is sold',
    events: 6,
    reads: 12,
    writes: 31,
    emails: 3,
    pageRequests: 4,
    invocations: 8,
    behind: { reads: 35, writes: 13, invocations: 5 },
  },
  {
    says: 'a quote below the minimum: only the decision is kept',
    events: 1,
    reads: 7,
    writes: 9,
    emails: 0,
    pageRequests: 0,
    invocations: 2,
    behind: { reads: 0, writes: 0, invocations: 0 },
  },
  {
    says: 'a high repair quote, and Sales is notified',
    events: 9,
    reads: 28,
    writes: 68,
    emails: 3,
    pageRequests: 10,
    invocations: 13,
    behind: { reads: 61, writes: 19, invocations: 5 },
  },
  {
    says: 'a first service is due',
    events: 4,
    reads: 10,
    writes: 24,
    emails: 3,
    pageRequests: 4,
    invocations: 6,
    behind: { reads: 21, writes: 6, invocations: 3 },
  },
] as const satisfies readonly Usage[];

const MILLION = 1_000_000;

/** Dollars for a thousand handoffs, by service. */
function costOfThousand(usage: Usage): Readonly<Record<string, number>> {
  const reports = usage.emails * REPORTS_OF_EMAIL;
  const { behind } = usage;
  const invocations = usage.invocations + behind.invocations + reports;
  const gigabyteSeconds =
    (invocations - usage.pageRequests) * GIGABYTE_SECONDS_OF_INVOCATION +
    usage.pageRequests * GIGABYTE_SECONDS_OF_PAGE;
  const million = (count: number) => (count * 1_000) / MILLION;
  return {
    EventBridge: million(usage.events) * prices.millionEvents,
    DynamoDB:
      million(usage.reads + behind.reads + reports * reportUnits.reads) * prices.millionReadUnits +
      million(usage.writes + behind.writes + reports * reportUnits.writes) * prices.millionWriteUnits,
    SES: usage.emails * prices.thousandEmails,
    Lambda:
      million(invocations) * prices.millionInvocations +
      million(gigabyteSeconds) * prices.millionGigabyteSeconds,
    'API Gateway': million(usage.pageRequests) * prices.millionPageRequests,
    'CloudWatch Logs': invocations * 1_000 * LOG_GIGABYTES_OF_INVOCATION * prices.gigabyteOfLogs,
  };
}

/** The fixed costs of a month without events. */
export interface Standing {
  readonly alarmedMetrics: number;
  readonly ownMetrics: number;
  readonly stores: number;
  /** Feeds that vendors post to. Each has a secret. */
  readonly postedFeeds: number;
}

const SWEEPS_OF_MONTH = 12 * 24 * 30;
/** In addition to one read for each store: the due work, and each feed's last event. */
const SWEEP_QUERIES = 2;
const SWEEP_GIGABYTE_SECONDS = 0.5 * 0.5;
/** Roughly how often Lambda polls a queue in a month, even an empty one. */
const POLLS_OF_MONTH = 650_000;

const WEEKS_OF_MONTH = 52 / 12;
/** The least that Athena bills for a query. */
const LEAST_TERABYTES_OF_QUERY = 10 / MILLION;
const queriesOfWeek = numbersQueries('2026-11-23').length;

function standingCosts({
  alarmedMetrics,
  ownMetrics,
  stores,
  postedFeeds,
}: Standing): Readonly<Record<string, number>> {
  const sweeps =
    ((SWEEPS_OF_MONTH * SWEEP_GIGABYTE_SECONDS) / MILLION) * prices.millionGigabyteSeconds +
    ((SWEEPS_OF_MONTH * (stores + SWEEP_QUERIES)) / MILLION) * prices.millionReadUnits;
  return {
    'alarms, by the metrics that they watch': alarmedMetrics * prices.alarmedMetricMonth,
    'metrics of our own': ownMetrics * prices.metricMonth,
    'the dashboard': prices.dashboardMonth,
    'the key of the alarm topic': prices.keyMonth,
    'the key of customer hashes': prices.secretMonth,
    'the keys of the feeds that vendors post to': postedFeeds * prices.secretMonth,
    'two queues that Lambda polls': ((2 * POLLS_OF_MONTH) / MILLION) * prices.millionQueueRequests,
    'sweeps that find nothing': sweeps,
    'the numbers, counted every Monday':
      WEEKS_OF_MONTH * queriesOfWeek * LEAST_TERABYTES_OF_QUERY * prices.terabyteScanned,
  };
}

export function thousandsTable(): string {
  const services = Object.keys(costOfThousand(usages[0]));
  const rows = usages.map((usage) => {
    const costs = costOfThousand(usage);
    return [usage.says, ...services.map((service) => dollars(costs[service] ?? 0)), dollars(sum(costs))];
  });
  return table(['one thousand times', ...services, 'together'], rows);
}

export function standingTable(standing: Standing): string {
  const costs = standingCosts(standing);
  const rows = Object.entries(costs).map(([what, cost]) => [what, dollars(cost)]);
  return table(['in a month', ''], [...rows, ['together', dollars(sum(costs))]]);
}

const sum = (costs: Readonly<Record<string, number>>) =>
  Object.values(costs).reduce((sum, cost) => sum + cost, 0);
const dollars = (amount: number) => `$${amount.toFixed(2)}`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
