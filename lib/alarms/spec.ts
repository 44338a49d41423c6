import type { Duration } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ApiDestinations } from '../constructs/api-destinations.ts';
import type { DeadLetters } from '../constructs/dead-letters.ts';
import type { DealerBus } from '../constructs/dealer-bus.ts';
import type { EventRoute } from '../constructs/event-route.ts';
import type { FilePull } from '../constructs/file-pull.ts';
import type { HandoffFunctions } from '../constructs/handoff-functions.ts';
import type { HandoffTable } from '../constructs/handoff-table.ts';
import type { LinksApi } from '../constructs/links-api.ts';
import type { Mail } from '../constructs/mail.ts';
import type { WhereToLook } from './where-to-look.ts';

export interface WatchedParts {
  readonly groupName: string;
  readonly bus: DealerBus;
  /** The rules for SES reports and for the schedule. */
  readonly rulesOfDefaultBus: readonly EventRoute[];
  readonly table: HandoffTable;
  readonly mail: Mail;
  readonly links: LinksApi;
  readonly deadLetters: DeadLetters;
  readonly functions: HandoffFunctions;
  readonly pulls: readonly FilePull[];
  readonly followers: ApiDestinations;
}

export type Metrics = IMetric | Readonly<Record<string, IMetric>>;

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
  /** Missing data usually means that nothing happened; for a schedule it means that the schedule stopped. */
  readonly silenceRings?: true;
  readonly means: string;
  readonly look: WhereToLook;
  readonly todo: string;
}

/** The alarms that answer one question. */
export interface AlarmGroup {
  readonly question: string;
  readonly specs: readonly AlarmSpec[];
}
