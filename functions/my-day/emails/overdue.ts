import { points } from '../../mail/blocks.ts';
import { words } from '../../mail/words.ts';
import { isLate } from '../worklist.ts';
import { dayLetter, lineOf, taskList } from './day-letter.ts';
import type { DayMessage } from './day-message.ts';

/** To a person when one of their tasks becomes late: one reminder of every late task, at most once between two lists. */
export const overdue: DayMessage = (context) => {
  const { worklist, now } = context;
  const late = worklist.open.filter((task) => isLate(task, now));
  if (late.length === 0) return undefined;
  const what =
    late.length === 1 ? words`1 customer is waiting on you` : words`${late.length} are waiting on you`;
  return dayLetter(context, {
    subject: words`Reminder: ${what}`,
    heading: what,
    first: words`Overdue. Accept it, finish it, or pass it on.`,
    lists: [taskList(late, 'Overdue', (task) => lineOf(task, context))],
    button: 'Open my tasks',
    more: [
      points([
        words`No time? Decline with a reason or hand it to a colleague: that stops the clock, too.`,
        words`What nobody picks up goes on your manager’s next list.`,
      ]),
    ],
  });
};
