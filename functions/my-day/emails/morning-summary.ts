import { type Words, words } from '../../mail/words.ts';
import { isLate, type Worklist } from '../worklist.ts';
import { cappedLine, counted, dayLetter, lineOf, taskList } from './day-letter.ts';
import type { DayMessage } from './day-message.ts';

/** To a person when their department opens: their open tasks, late ones first. Not sent if nothing is open. */
export const morningSummary: DayMessage = (context) => {
  const { worklist, now } = context;
  const late = worklist.open.filter((task) => isLate(task, now)).length;
  const what = whatIsOpen(worklist, late);
  return dayLetter(context, {
    subject: words`Your day: ${what}`,
    heading: words`Your day: ${what}`,
    first: whatFirst(worklist, late),
    lists: [
      taskList(worklist.open, 'Open', (task) => lineOf(task, context)),
      taskList(worklist.capped, 'Coming later (you’re at the limit for now)', (task) =>
        cappedLine(task, context),
      ),
    ],
    button: 'Open my tasks',
  });
};

function whatIsOpen({ open, capped }: Pick<Worklist, 'open' | 'capped'>, late: number): Words {
  if (open.length === 0 && capped.length > 0)
    return words`${counted(capped.length, 'customer')} coming later`;
  if (open.length === 0) return words`nothing to do`;
  const handoffs = `${open.length} to do`;
  return late === 0 ? words`${handoffs}` : words`${handoffs}, ${late} overdue`;
}

function whatFirst({ open }: Worklist, late: number): Words {
  if (open.length === 0) return words`You’re all caught up.`;
  return late === 0 ? words`Most urgent first.` : words`Overdue first.`;
}
