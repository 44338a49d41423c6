import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import {
  EMAILS_GIVEN_UP_METRIC,
  ITEMS_NEAR_BOUND_METRIC,
  STAFF_BOUNCES_METRIC,
} from '../../functions/runtime/environment.ts';
import { logLines } from '../../functions/runtime/log-lines.ts';
import { ownMetric, reputation } from './metrics.ts';
import type { AlarmGroup } from './spec.ts';

export const emailsAlarms: AlarmGroup = {
  question: 'Do emails reach people?',
  specs: [
    {
      name: 'emails-given-up',
      measures: 'emails that will not be sent any more',
      metric: ({ groupName }, period) => ownMetric(EMAILS_GIVEN_UP_METRIC, groupName, period, Stats.SUM),
      minutes: 15,
      periods: 1,
      rings: { from: 3 },
      means:
        'SES refuses addresses one after the other, or an outage lasted longer than emails are kept for. The manager of each handoff gets an email.',
      look: { logLine: logLines.emailsGivenUp },
      todo: 'npm run trace -- --task ID shows the reason beside each email. Where addresses are wrong, correct them in the DMS or the roster.',
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
      look: { command: 'npm run roster -- list', shows: 'marks whose mail bounces' },
      todo: "Ask the dealer's mail administrator to accept the sender's domain. npm run opt-outs -- clear-bounce --email ADDRESS takes the flag and SES's suppression away.",
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
      look: {
        command: 'npm run opt-outs -- list',
        shows: 'shows which bounced, and when',
      },
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
      look: {
        command: 'npm run opt-outs -- list',
        shows: 'shows, by its time, who said no to all emails: a complaint does',
      },
      todo: 'npm run trace tells which emails they were. Set the store to staff-only until it is understood.',
    },
    {
      name: 'items-near-bound',
      measures: 'writes of items that hold three quarters of what an item may, or more',
      metric: ({ groupName }, period) => ownMetric(ITEMS_NEAR_BOUND_METRIC, groupName, period, Stats.SUM),
      minutes: 60,
      periods: 1,
      rings: { from: 1 },
      means: 'One handoff sends or logs far more than any should. Its oldest entries are shortened.',
      look: { logLine: logLines.itemNearBound },
      todo: 'npm run trace -- --task ID shows what it did so often.',
    },
  ],
};
