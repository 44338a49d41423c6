import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { lambdas } from '../../functions/lambdas.ts';
import {
  FAILED_WORK_METRIC,
  OLDEST_DUE_AGE_METRIC,
  SWEEP_RESERVE_SECONDS,
} from '../../functions/runtime/environment.ts';
import { logLines } from '../../functions/runtime/log-lines.ts';
import { ownMetric } from './metrics.ts';
import type { AlarmGroup } from './spec.ts';

/** The minimum duration of a sweep that ran out of time. */
const sweepEndsSeconds = lambdas['sweep-due-work'].timeoutSeconds - SWEEP_RESERVE_SECONDS;

export const sweepAlarms: AlarmGroup = {
  question: 'Is due work done on time?',
  specs: [
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
      look: { inAws: 'the rule of the clock and the metric Throttles of sweep-due-work.' },
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
      look: {
        inAws:
          'Logs Insights over the log group of sweep-due-work: filter message = "The sweep failed" or @message like "Status: timeout".',
      },
      todo: 'npm run dead-letters does not list ticks. The next complete sweep catches up.',
    },
    {
      name: 'sweep-failing',
      measures: 'items and stores that a sweep failed on',
      metric: ({ groupName }, period) => ownMetric(FAILED_WORK_METRIC, groupName, period),
      minutes: 5,
      periods: 3,
      // If a sweep ends on the boundary of two periods, one of them has no data.
      datapoints: 2,
      rings: { from: 1 },
      means:
        'The same work fails in every sweep: an item that this release cannot read, a store that was taken out of the group’s file, a store without anybody to route to. All else is done.',
      look: { logLine: logLines.dueWorkFailed, of: 'sweep-due-work' },
      todo: 'Put the store back into the file, import the roster, or deploy the release that can read the item; the next sweep does the rest.',
    },
    {
      name: 'sweep-behind',
      measures: 'how long the oldest due work has been due',
      metric: ({ groupName }, period) => ownMetric(OLDEST_DUE_AGE_METRIC, groupName, period),
      minutes: 5,
      periods: 3,
      // If a sweep ends on the boundary of two periods, one of them has no data.
      datapoints: 2,
      rings: { from: 900 },
      unit: 'seconds',
      means:
        'Sweeps run but do not keep up: one item fails each time, SES is slow or refuses, or there is too much.',
      look: { logLine: logLines.swept, of: 'sweep-due-work' },
      todo: 'What fails each time has a line "Due work failed" with its id. During an outage of SES this is expected and ends by itself.',
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
      look: { logLine: logLines.swept, of: 'sweep-due-work' },
      todo: 'After an outage this is expected. If it stays, the group needs a higher sending rate of SES or has something that comes due again and again.',
    },
  ],
};
