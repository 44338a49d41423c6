import { Duration } from 'aws-cdk-lib';
import { type IEventBus, Match, Schedule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { FILE_UNFINISHED } from '../../functions/feeds/dropped-file.ts';
import { hearers, OWN_SOURCE, openDetailTypes, routes } from '../routes.ts';
import type { DeadLetters } from './dead-letters.ts';
import type { DealerBus } from './dealer-bus.ts';
import type { DropBucket } from './drop-bucket.ts';
import { EventRoute } from './event-route.ts';
import type { HandoffFunctions } from './handoff-functions.ts';
import type { Mail } from './mail.ts';
import { pascalCase } from './names.ts';

interface Targets {
  readonly functions: HandoffFunctions;
  readonly deadLetters: DeadLetters;
}

/** Creates a rule for each event of the group's bus that a contract knows, and one for all other events. */
export function routeEventsOfTheBus(
  scope: Construct,
  { bus, functions, deadLetters }: Targets & { readonly bus: DealerBus },
): readonly EventRoute[] {
  const whenUndelivered = keptAfterADay(deadLetters);
  const known = routes.map(
    ({ detailType, title, to, pattern }) =>
      new EventRoute(scope, pascalCase(detailType), {
        description: title,
        when: { bus: bus.forRules, pattern },
        to: functions[to],
        whenUndelivered,
      }),
  );
  const heard = hearers.map(
    ({ to, isOwn, pattern }) =>
      new EventRoute(scope, `${isOwn ? 'Own' : ''}HeardBy${pascalCase(to)}`, {
        description: isOwn
          ? `What this software says itself, as far as ${to} receives it`
          : `Facts that other functions handle and ${to} also receives`,
        when: { bus: bus.forRules, pattern },
        to: functions[to],
        whenUndelivered,
      }),
  );
  const unfinished = new EventRoute(scope, 'UnfinishedFile', {
    description: "A file of a dealer's system that goes on from its checkpoint",
    when: { bus: bus.forRules, pattern: { source: [OWN_SOURCE], detailType: [FILE_UNFINISHED] } },
    to: functions['read-feed'],
    whenUndelivered,
  });
  const unknown = new EventRoute(scope, 'UnknownEvent', {
    description:
      'EventBridge drops what no rule matches: this one catches every event that no contract knows',
    when: {
      bus: bus.forRules,
      pattern: { source: Match.anythingBut(OWN_SOURCE), detailType: Match.anythingBut(...openDetailTypes) },
    },
    to: functions['refuse-unknown-event'],
    whenUndelivered,
  });
  return [...known, ...heard, unfinished, unknown];
}

/** Creates the rules for SES reports, dropped files and schedules, which are on the account's default bus. */
export function routeReportsFilesAndClock(
  scope: Construct,
  {
    accountsBus,
    mail,
    drop,
    functions,
    deadLetters,
  }: Targets & { readonly accountsBus: IEventBus; readonly mail: Mail; readonly drop: DropBucket },
): readonly EventRoute[] {
  const whenUndelivered = keptAfterADay(deadLetters);
  const reports = new EventRoute(scope, 'EmailReport', {
    description: 'What SES reports about the emails of this dealer group',
    when: { bus: accountsBus, pattern: mail.eventPattern },
    to: functions['settle-email'],
    whenUndelivered,
  });
  const files = new EventRoute(scope, 'DroppedFile', {
    description: "Files of dealers' systems that were dropped into the bucket of this dealer group",
    when: { bus: accountsBus, pattern: drop.eventPattern },
    to: functions['read-feed'],
    whenUndelivered,
  });
  const clock = new EventRoute(scope, 'Clock', {
    description: 'Time to look for work that has become due',
    when: { schedule: Schedule.rate(Duration.minutes(5)) },
    to: functions['sweep-due-work'],
    // An undelivered tick is not kept: the next one triggers the same work.
    whenUndelivered: { retryAttempts: 2, maxEventAge: Duration.minutes(5) },
  });
  const nights = new EventRoute(scope, 'Nights', {
    description: 'Time to write what came of handoffs into the month files',
    // Half past two in Denver, hours before the first store opens.
    when: { schedule: Schedule.cron({ minute: '30', hour: '9' }) },
    to: functions['write-ledger'],
    whenUndelivered: { retryAttempts: 10, maxEventAge: Duration.hours(1) },
  });
  const mondays = new EventRoute(scope, 'Mondays', {
    description: "Time to count the stores' numbers from the month files",
    // An hour after the files are written: half past midnight in Honolulu, half past five in New York.
    when: { schedule: Schedule.cron({ minute: '30', hour: '10', weekDay: 'MON' }) },
    to: functions['count-numbers'],
    // The next tick comes in a week, so an undelivered one is kept.
    whenUndelivered: { retryAttempts: 10, maxEventAge: Duration.hours(6), deadLetters },
  });
  return [reports, files, clock, nights, mondays];
}

function keptAfterADay(deadLetters: DeadLetters) {
  return { retryAttempts: 185, maxEventAge: Duration.hours(24), deadLetters };
}
