import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Lambda } from '../../functions/lambda.ts';
import { lambdas } from '../../functions/lambdas.ts';
import { logLines } from '../../functions/runtime/log-lines.ts';
import { ageOfOldest, sumOf, throttleEvents } from './metrics.ts';
import type { AlarmGroup } from './spec.ts';

/** These have alarms of their own: their ticks are too rare for the general one, and failed ones are not kept. */
const isDoneByNextTick = ({ retries }: Lambda): boolean => retries?.thenKept === false;

export const functionsAlarms: AlarmGroup = {
  question: 'Do the functions, the pages and the table work?',
  specs: [
    {
      name: 'function-gave-up',
      measures: 'events that arrived in the dead-letter queue of the functions',
      metric: ({ deadLetters }, period) =>
        deadLetters.ofFunctions.metricNumberOfMessagesSent({ period, statistic: Stats.SUM }),
      minutes: 5,
      periods: 1,
      rings: { from: 1 },
      means:
        'A function failed on the same event three times, or on the tick of a Monday. It is kept with the error.',
      look: { command: 'npm run dead-letters', shows: 'shows it, the function and the error' },
      todo: 'When the cause is gone, npm run redrive.',
    },
    {
      name: 'night-failed',
      measures: 'nights that ended before the month files of outcomes were written',
      metric: ({ functions }, period) =>
        functions['write-ledger'].metricErrors({ period, statistic: Stats.SUM }),
      minutes: 60,
      periods: 1,
      // There is one night in this time, and it is not retried.
      rings: { from: 1 },
      means:
        'The month files, and the numbers of a Monday after it, lack what became of handoffs since the night before. Nothing is lost: it lies in the table.',
      look: { logLine: logLines.ledgerFailed, of: 'write-ledger' },
      todo: 'The next night writes the same months. Not to wait for it: aws lambda invoke --function-name handoff-<group>-write-ledger --invocation-type Event answer.json.',
    },
    {
      name: 'failures-not-kept',
      measures: 'failed invocations that Lambda could not put into the dead-letter queue',
      metric: ({ functions }, period) => sumOf(functions, 'DestinationDeliveryFailures', period),
      minutes: 5,
      periods: 1,
      rings: { from: 1 },
      means: 'A function gave up on an event, and the event is in no queue. DMS events are in the archive.',
      look: { inAws: 'the metric DestinationDeliveryFailures of AWS/Lambda says which function.' },
      todo: 'Look at the policy of the dead-letter queue of the functions and at their roles, then replay the archive over the minutes of the alarm.',
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
      look: { logLine: logLines.deadLetterNotKept, of: 'keep-dead-letters' },
      todo: 'The messages wait in the queue and are taken again by themselves.',
    },
    {
      name: 'errors',
      measures: 'failed invocations of one function',
      metric: ({ functions }, period) =>
        Object.fromEntries(
          Object.values(functions)
            .filter(({ name }) => !isDoneByNextTick(lambdas[name]))
            .map((fn) => [fn.name, fn.metricErrors({ period, statistic: Stats.SUM })]),
        ),
      minutes: 15,
      periods: 1,
      rings: { from: 5 },
      means: 'Not one unlucky event but something that fails again and again: AWS, SES or a deploy.',
      look: {
        inAws:
          'the log group of the function that the alarm is named for: filter level = "ERROR" | display message, error.name, error.message.',
      },
      todo: 'Events are tried three times and then kept; queued emails stay queued.',
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
      look: { inAws: 'the metric Throttles of AWS/Lambda says which function.' },
      todo: 'Ask AWS for a higher concurrency quota, or move the other application to an account of its own.',
    },
    {
      name: 'pages-failing',
      measures: 'pages that answered with a server error',
      metric: ({ links }, period) => links.api.metricServerError({ period, statistic: Stats.SUM }),
      minutes: 5,
      periods: 1,
      rings: { from: 1 },
      means: 'Somebody clicked a link in an email and got an error instead of the page.',
      look: { logLine: logLines.pageFailed, of: 'answer-task' },
      todo: 'The choice may be saved nevertheless: it is saved first, and its emails are sent after. The link shows the person whether it was; queued emails go with the next sweep.',
    },
    {
      name: 'table-throttled',
      measures: 'reads and writes that DynamoDB refused for their rate',
      metric: ({ table }, period) => throttleEvents(table, period),
      minutes: 5,
      periods: 2,
      rings: { from: 1 },
      means: 'More traffic than the table takes, as a rule in one store or in the index of due work.',
      look: { inAws: 'the metrics ReadThrottleEvents and WriteThrottleEvents of the table and its indexes.' },
      todo: 'Everything is tried again. If it stays, find what writes so much: a replay or an import should be done in parts.',
    },
  ],
};
