import { points } from '../../mail/blocks.ts';
import { words } from '../../mail/words.ts';
import { alarmsFor } from '../readers.ts';
import { alarmInWords } from '../words.ts';
import { reportLetter } from './report-letter.ts';
import type { ReportMessage } from './report-message.ts';

/** Once a month, for department managers who do not read the weekly report: whom to talk to, and about what. */
export const teamThisMonth: ReportMessage = (context) => {
  const alarms = alarmsFor(context, context.summary.alarms);
  const [first] = alarms;
  if (!first) return undefined;
  const names = [...new Set(alarms.map(({ who }) => who))];
  const who = names.length === 1 ? words`${context.nameOf(first.who)}` : words`${names.length} people`;
  return reportLetter(context, {
    subject: words`Worth a word this month: ${who}`,
    heading: words`Worth a word this month: ${who}`,
    first: words`Too low to be chance, and still a question to ask, not a verdict.`,
    blocks: [
      points(
        alarms.map((alarm) => alarmInWords(alarm, context)),
        'What is missing',
      ),
    ],
  });
};
