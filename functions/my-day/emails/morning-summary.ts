import { type Words, words } from '../../mail/words.ts';
import { isLate, type Worklist } from '../worklist.ts';
import {
  callList,
  cappedLine,
  counted,
  dayLetter,
  isToCall,
  lineOf,
  news,
  TO_BOOK,
  taskList,
} from './day-letter.ts';
import type { DayContext, DayMessage } from './day-message.ts';

/** To a person when their department opens: their open tasks, late ones first, and the emails that waited for the morning. */
export const morningSummary: DayMessage = (context) => {
  const { now, listed, wasAskedFor } = context;
  const worklist = { ...context.worklist, open: toDoOf(context) };
  if (isEmpty(worklist) && listed.length === 0 && !wasAskedFor) return undefined;
  const late = worklist.open.filter((task) => isLate(task, now)).length;
  const what = listed.length > 0 && isEmpty(worklist) ? words`news for you` : whatIsOpen(worklist, late);
  const [toCall, others] = [true, false].map((isCall) =>
    worklist.open.filter((task) => isToCall(task, context) === isCall),
  );
  return dayLetter(context, {
    subject: words`Your day: ${what}`,
    heading: words`Your day: ${what}`,
    first: whatFirst(worklist, late),
    lists: [
      taskList(others ?? [], 'Open', (task) => lineOf(task, context)),
      callList(toCall ?? [], TO_BOOK, context),
      ...news(listed, context),
      taskList(worklist.capped, 'Coming later (you’re at the limit for now)', (task) =>
        cappedLine(task, context),
      ),
    ],
    button: 'Open my tasks',
  });
};

/** Nobody has to act on a booked visit until it is late. */
const toDoOf = ({ worklist: { open }, about, now }: DayContext) =>
  open.filter((task) => isLate(task, now) || !about(task).words.isWaiting(task, now));

const isEmpty = ({ open, capped }: Pick<Worklist, 'open' | 'capped'>) => open.length + capped.length === 0;

function whatIsOpen({ open, capped }: Pick<Worklist, 'open' | 'capped'>, late: number): Words {
  if (open.length === 0 && capped.length > 0)
    return words`${counted(capped.length, 'customer')} coming later`;
  if (open.length === 0) return words`nothing to do`;
  const handoffs = `${open.length} to do`;
  return late === 0 ? words`${handoffs}` : words`${handoffs}, ${late} overdue`;
}

function whatFirst({ open }: Pick<Worklist, 'open'>, late: number): Words {
  if (open.length === 0) return words`You’re all caught up.`;
  return late === 0 ? words`Most urgent first.` : words`Overdue first.`;
}
