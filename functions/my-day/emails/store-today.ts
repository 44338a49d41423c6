import { formatDate, localDate } from '../../group/business-time.ts';
import { facts, points } from '../../mail/blocks.ts';
import { type Words, words } from '../../mail/words.ts';
import { feedLines, feedTitle } from '../feed-words.ts';
import { leadLines, leadTitle } from '../lead-words.ts';
import { letterLines, letterTitle } from '../letter-words.ts';
import { SILENT, silentPeople, UNSIGNED } from '../silent-people.ts';
import { isEscalated, isLate, type StoreToday } from '../worklist.ts';
import {
  callList,
  cappedLine,
  counted,
  dayLetter,
  isToCall,
  lineElsewhere,
  lineOf,
  lineWithName,
  news,
  TO_BOOK,
  taskList,
} from './day-letter.ts';
import type { DayContext, DayMessage } from './day-message.ts';

/** To a manager when their department opens: the store's tasks, the late ones, and the reader's own. */
export const storeTodayMessage: DayMessage = (context) => {
  const { worklist, now, store, listed } = context;
  const all = worklist.store?.open ?? [];
  const late = all.filter((task) => isLate(task, now));
  const what =
    late.length === 0 ? words`${all.length} open` : words`${all.length} open, ${late.length} overdue`;
  return dayLetter(context, {
    subject: words`${store.name} today: ${what}`,
    heading: words`My store today: ${what}`,
    first: whatFirst(lateInAll(context), worklist.open.length),
    lists: [
      worklist.store && points(feedLines(worklist.store, store), feedTitle),
      worklist.store && points(letterLines(worklist.store, context.link), letterTitle),
      worklist.store && counts(worklist.store, context),
      taskList(late, 'Overdue in the store', (task) => lineWithName(task, context)),
      taskList(
        worklist.open.filter((task) => !isToCall(task, context)),
        'Yours',
        (task) => lineOf(task, context),
      ),
      callList(
        worklist.open.filter((task) => isToCall(task, context)),
        TO_BOOK,
        context,
      ),
      points(leadLines(context.leads, store), leadTitle),
      taskList(worklist.store?.soldHere ?? [], 'Sold here, serviced elsewhere', (task) =>
        lineElsewhere(task, context),
      ),
      ...news(listed, context),
      taskList(worklist.capped, 'Coming later (you’re at the limit for now)', (task) =>
        cappedLine(task, context),
      ),
    ],
    button: 'Open my store',
  });
};

/** Counts late tasks across all lists: the reader may have handoffs at another store, and a car sold here may be late there. */
function lateInAll({ worklist: { store, open }, now }: DayContext): number {
  const all = new Map(
    [...open, ...(store?.open ?? []), ...(store?.soldHere ?? [])].map((task) => [task.taskId, task]),
  );
  return [...all.values()].filter((task) => isLate(task, now)).length;
}

function whatFirst(late: number, own: number): Words {
  if (late > 0) return words`${counted(late, 'is', 'are')} overdue. Check in, or reassign.`;
  return own > 0
    ? words`Nothing is overdue. ${counted(own, 'handoff is', 'handoffs are')} yours.`
    : words`Nothing is overdue.`;
}

function counts(today: StoreToday, { store, now, person }: DayContext) {
  const { open, done, lost, doneSince } = today;
  const late = open.filter((task) => isLate(task, now));
  const since = formatDate(localDate(store.timeZone, doneSince), 'en');
  return facts([
    ['Open', words`${open.length}`],
    ['Overdue', words`${late.length}`],
    ['Escalated', words`${open.filter((task) => isEscalated(task, now)).length}`],
    ['Done', words`${done.length} since ${since}`],
    ['Not returned', lost.length === 0 ? undefined : words`${lost.length} since ${since}`],
    [SILENT, silentPeople(today.silent, person)],
    [UNSIGNED, silentPeople(today.unsigned, person)],
  ]);
}
