import { type Words, words } from '../../mail/words.ts';
import { isLate } from '../worklist.ts';
import {
  callList,
  counted,
  dayLetter,
  isToCall,
  lineOf,
  lineWithName,
  news,
  TO_BOOK,
  taskList,
} from './day-letter.ts';
import type { DayContext, DayMessage } from './day-message.ts';

/** At one o'clock and an hour before closing, if there is anything new: first services to book, what is overdue, what happened. */
export const nextList: DayMessage = (context) => {
  const { worklist, listed } = context;
  const late = overdueIn(context);
  const toCall = listed
    .filter(({ isAssignment, task }) => isAssignment && isToCall(task, context))
    .map(({ task }) => task);
  const updates = news(listed, context);
  if (late.length + toCall.length + updates.length === 0) return undefined;
  const what = joined([
    toCall.length > 0 ? `${toCall.length} to book` : undefined,
    late.length > 0 ? `${late.length} overdue` : undefined,
    updates.length > 0 ? counted(listed.length - toCall.length, 'update') : undefined,
  ]);
  return dayLetter(context, {
    subject: words`Your list: ${what}`,
    heading: words`Your list: ${what}`,
    first: firstOf(late.length, toCall.length),
    lists: [
      worklist.store
        ? taskList(late, 'Overdue in the store', (task) => lineWithName(task, context))
        : taskList(late, 'Overdue', (task) => lineOf(task, context)),
      callList(toCall, TO_BOOK, context),
      ...updates,
    ],
    button: worklist.store ? 'Open my store' : 'Open my tasks',
  });
};

function overdueIn({ worklist: { store, open }, now }: DayContext) {
  return (store?.open ?? open).filter((task) => isLate(task, now));
}

function firstOf(late: number, toCall: number): Words {
  if (late > 0) return words`Overdue first.`;
  return toCall > 0 ? words`Book them all from one page.` : words`New since your last list.`;
}

/** `2 to book, 1 overdue` */
const joined = (parts: readonly (string | undefined)[]): Words =>
  words`${parts.filter((part) => part !== undefined).join(', ')}`;
