import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import {
  EVENTS_REFUSED_METRIC,
  EVENTS_SUSPICIOUS_METRIC,
  FEED_FILES_STOPPED_METRIC,
  LATE_FEEDS_METRIC,
  POSTS_REFUSED_METRIC,
  SILENT_FEEDS_METRIC,
} from '../../functions/runtime/environment.ts';
import { logLines } from '../../functions/runtime/log-lines.ts';
import { ofAllRules, ownMetric, refusedShare, runsLost } from './metrics.ts';
import type { AlarmGroup } from './spec.ts';

export const eventsAlarms: AlarmGroup = {
  question: 'Do events arrive, and are they accepted?',
  specs: [
    {
      name: 'sender-silent',
      measures: 'senders that sent nothing about a store for too many of its opening hours',
      metric: ({ groupName }, period) => ownMetric(SILENT_FEEDS_METRIC, groupName, period),
      minutes: 5,
      periods: 3,
      // If a sweep ends on the boundary of two periods, one of them has no data.
      datapoints: 2,
      rings: { from: 1 },
      means:
        'Sales, quotes or visits of a store no longer arrive: its customers are handed over to nobody, and nothing looks broken. The limit is silentAfterHours of the group’s file.',
      look: {
        command: 'npm run preflight',
        shows: 'lists the last event of each sender and store, and which are late',
      },
      todo: 'Ask the people who run the adapter, and have the missing events sent again. A sender that was given up: take its source out of eventSenders, and deploy.',
    },
    {
      name: 'file-stopped',
      measures: 'files of feeds that were not read, because they look wrong as a whole',
      metric: ({ groupName }, period) => ownMetric(FEED_FILES_STOPPED_METRIC, groupName, period, Stats.SUM),
      minutes: 5,
      periods: 1,
      rings: { from: 1 },
      means:
        'A file lost a column, was cut, is much shorter than usual, is of another dealer, or an old one was sent again. Nothing of it was sent.',
      look: {
        command: 'npm run feed -- receipts',
        shows: 'says of each file why it stopped, and what to do',
      },
      todo: 'As a rule its sender has to send it again; docs/feeds.md explains each reason. The log of read-feed has one line a file.',
    },
    {
      name: 'file-late',
      measures: 'files of the night, by feed and store, that have not come by expectBy of the feed',
      metric: ({ groupName }, period) => ownMetric(LATE_FEEDS_METRIC, groupName, period),
      minutes: 5,
      periods: 3,
      // If a sweep ends on the boundary of two periods, one of them has no data.
      datapoints: 2,
      rings: { from: 1 },
      means:
        'What the dealer’s system wrote last night has not come, or the file that came stopped. The managers of the store read of it in the morning.',
      look: { command: 'npm run feed -- receipts', shows: 'shows what came last, and whether it stopped' },
      todo: 'Ask the sender for the file. The alarm ends when it is read, or with the day.',
    },
    {
      name: 'files-not-fetched',
      measures:
        "runs that should fetch a feed's files from an SFTP server, and failed or did not start; one alarm for each such feed",
      metric: ({ pulls }, period) =>
        Object.fromEntries(pulls.map((pull) => [pull.feedName, runsLost(pull, period)])),
      minutes: 24 * 60,
      periods: 1,
      rings: { from: 2 },
      means:
        'The files of a dealer’s system are no longer fetched: the server, its key or the password changed, or too many files lie there. The next run that succeeds fetches what is missing, of the last ten days.',
      look: {
        inAws:
          'the failed executions of the state machine handoff-…-pull-… say which step, and why; where there are none, its rule may not start it.',
      },
      todo: 'Ask whose server it is what changed, and correct pull of the feed in the group’s file, or the secret.',
    },
    {
      name: 'posts-refused',
      measures: 'posts to the address of a feed that were answered with an error',
      metric: ({ groupName }, period) => ownMetric(POSTS_REFUSED_METRIC, groupName, period, Stats.SUM),
      minutes: 15,
      periods: 2,
      rings: { from: 10 },
      means:
        "A vendor's key was changed on one side only, its posts are longer than its source allows, or somebody tries the address. Nothing of them is read; the vendor's quotes do not arrive.",
      look: { logLine: logLines.postRefused, of: 'receive-webhook' },
      todo: 'With wrong or missing as the outcome: npm run feed -- secret set, with the key that the vendor shows. With old: the clock of whoever posts is off, or somebody repeats posts.',
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
      look: { command: 'npm run dead-letters', shows: 'lists them with the reasons' },
      todo: 'Correct the adapter of the sender or the roster of the store, and send the events again.',
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
      look: { command: 'npm run dead-letters', shows: 'shows which field the reasons name' },
      todo: 'Correct the adapter of the sender, and send the events again.',
    },
    {
      name: 'amounts-suspicious',
      measures: 'accepted events whose amounts look wrong',
      metric: ({ groupName }, period) => ownMetric(EVENTS_SUSPICIOUS_METRIC, groupName, period, Stats.SUM),
      minutes: 60,
      periods: 1,
      rings: { from: 3 },
      means:
        'Quotes look as if a sender counted in dollars instead of cents, or their lines do not add up. Advisors get sheets with wrong numbers, and Sales is notified about the wrong customers.',
      look: { logLine: logLines.oddFields },
      todo: 'npm run trace -- --event ID tells which order each is about. Have the sender correct the amounts and send the quotes again.',
    },
    {
      name: 'event-undeliverable',
      measures: 'events that arrived in the dead-letter queue of the rules',
      metric: ({ deadLetters }, period) =>
        deadLetters.ofRules.metricNumberOfMessagesSent({ period, statistic: Stats.SUM }),
      minutes: 5,
      periods: 1,
      rings: { from: 1 },
      means:
        'EventBridge could not hand an event to its function for 24 hours (the tick of a Monday: six), or was not allowed to. It is kept.',
      look: { command: 'npm run dead-letters', shows: 'shows it with the reason' },
      todo: 'Remove the cause (usually a deploy that failed halfway), then npm run redrive.',
    },
    {
      name: 'follower-unreachable',
      measures: 'events that another system did not take over its API, by system',
      metric: ({ followers }, period) =>
        Object.fromEntries(
          followers.queues.map(({ name, queue }) => [
            name,
            queue.metricNumberOfMessagesSent({ period, statistic: Stats.SUM }),
          ]),
        ),
      minutes: 5,
      periods: 1,
      rings: { from: 1 },
      means:
        'The system in apiDestinations refused an event, or was out of reach for 24 hours. It no longer knows how our handoffs stand; the handoffs themselves go on.',
      look: {
        inAws: 'the queue whose name ends with the name of the system has the events and the error of each.',
      },
      todo: 'Have the system mended, or its secret renewed and npm run deploy. The events stay in the queue for 14 days.',
    },
    {
      name: 'delivery-failing',
      measures: 'deliveries to functions that EventBridge gave up',
      metric: (parts, period) => ofAllRules('FailedInvocations', parts, period),
      minutes: 5,
      periods: 1,
      rings: { from: 1 },
      means: 'A rule cannot invoke its function, as a rule because a permission is missing.',
      look: { inAws: 'the metric FailedInvocations of AWS/Events by rule says which function.' },
      todo: 'npm run diff shows what was changed by hand; npm run deploy puts it back. Then npm run redrive. A missed tick of the clock is made up for by the next.',
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
      look: { inAws: 'the metric InvocationsFailedToBeSentToDlq of AWS/Events by rule says which function.' },
      todo: 'Look at the policy of the dead-letter queue of the rules, then replay the archive over the minutes of the alarm: an event that was handled changes nothing when it comes again. The addresses that bounced or complained meanwhile are on the suppression list of SES.',
    },
  ],
};
