import { type Calendar, type Instant, plusDays, plusMinutes } from '../group/business-time.ts';
import { lapse } from '../handoff/outbox.ts';
import type { EmailEntry, OutboxEntry } from '../handoff/outbox-entry.ts';
import { lastListTime, listTimeFrom } from './list-times.ts';
import { type ListLine, type MyDay, queueForPerson } from './my-day.ts';

/**
 * The lines that wait in a person's own item for their next list. A line names the email of a handoff that it stands for;
 * its text is written as the list leaves, from the facts of that moment.
 */
type Line = Pick<ListLine, 'task' | 'entry' | 'isLate'>;

/** More than anybody reads in a day; a task's page shows whatever has no room. */
const MOST_LINES = 150;
/** A line that left is remembered for as long as the same email might be put again. */
const REMEMBERED_DAYS = 1;
/** Between two reminders, also where a list leaves in between. */
const MINUTES_APART = 240;

/**
 * Puts a line into the person's list; the same item if it was put before. What is late calls the list at once, unless it did
 * so since the last list, or within four hours: then it waits for the next one.
 */
export function withLine(day: MyDay, line: Line, now: Instant, calendar: Calendar): MyDay {
  const known = day.lines ?? [];
  if (known.some(({ task, entry }) => task === line.task && entry === line.entry)) return day;
  const lines = bounded([...known.filter((one) => !isForgotten(one, day, now)), { ...line, at: now }], day);
  const listed = { ...day, lines };
  if (line.isLate !== true) return withList(withoutReminder(listed), now, undefined);
  const isCalled = listed.outbox.some((entry) => isOwedAs('overdue', entry) || isListDue(entry, now));
  if (isCalled) return listed;
  return wasReminded(day, now, calendar)
    ? withList(listed, now, listTimeFrom(calendar, now))
    : { ...queueForPerson(listed, now, { message: 'overdue' }), remindedAt: now };
}

/** Since the last list, or in the same half of the day: who was reminded at noon is not asked again after lunch. */
const wasReminded = ({ remindedAt }: MyDay, now: Instant, calendar: Calendar): boolean =>
  remindedAt !== undefined &&
  (remindedAt >= lastListTime(calendar, now) || plusMinutes(remindedAt, MINUTES_APART) > now);

/** Everything late is in a list, too, so that nobody gets both in the same minute. */
const withoutReminder = (day: MyDay): MyDay => ({
  ...day,
  outbox: day.outbox.map((entry) =>
    isOwedAs('overdue', entry) ? lapse(entry, { code: 'superseded' }) : entry,
  ),
});

const isListDue = (entry: OutboxEntry, now: Instant): boolean =>
  isOwedAs('next-list', entry) && (entry.notBefore ?? now) <= now;

function withList(day: MyDay, now: Instant, notBefore: Instant | undefined): MyDay {
  if (day.outbox.some((entry) => isOwedAs('next-list', entry))) return day;
  return queueForPerson(day, now, {
    message: 'next-list',
    ...(notBefore === undefined ? {} : { notBefore }),
  });
}

const isOwedAs = (message: string, entry: OutboxEntry): boolean =>
  entry.type === 'email' && entry.state === 'owed' && entry.message === message;

/** Lines that no list took, or whose list came too late to leave. One that was refused is lost, as any other email is. */
const waitingLines = (day: MyDay): readonly ListLine[] =>
  (day.lines ?? []).filter((line) => isWaiting(line, day));

const notLeft: readonly OutboxEntry['state'][] = ['owed', 'lapsed'];

function isWaiting({ takenBy }: ListLine, { outbox }: MyDay): boolean {
  if (takenBy === undefined) return true;
  const list = outbox.find(({ id }) => id === takenBy);
  return list !== undefined && notLeft.includes(list.state);
}

const isForgotten = (line: ListLine, day: MyDay, now: Instant): boolean =>
  !isWaiting(line, day) && plusDays(line.at, REMEMBERED_DAYS) < now;

/** The oldest go: first those that left. */
function bounded(lines: readonly ListLine[], day: MyDay): ListLine[] {
  const surplus = lines.length - MOST_LINES;
  if (surplus <= 0) return [...lines];
  const dropped = lines
    .toSorted((a, b) => Number(isWaiting(a, day)) - Number(isWaiting(b, day)))
    .slice(0, surplus);
  return lines.filter((line) => !dropped.includes(line));
}

/**
 * A list that is about to be sent takes the lines that wait; a reminder only those of what is late. Lines that no list to
 * come will take get one, such as those whose list came too late. A list that SES refused is still to come.
 */
export function takeLines(day: MyDay, lists: readonly EmailEntry[], now: Instant): MyDay {
  const waiting = waitingLines(day);
  if (waiting.length === 0) return day;
  const lines = (day.lines ?? []).map((line) => {
    const list = waiting.includes(line) ? lists.find((one) => takes(one, line)) : undefined;
    return list ? { ...line, takenBy: list.id } : line;
  });
  const taken = { ...day, lines };
  return waitingLines(taken).every((line) => hasListToCome(line, taken))
    ? taken
    : withList(taken, now, undefined);
}

const hasListToCome = (line: ListLine, { outbox }: MyDay): boolean =>
  outbox.some((entry) => entry.type === 'email' && entry.state === 'owed' && takes(entry, line));

const takes = ({ message }: EmailEntry, { isLate }: ListLine): boolean =>
  message !== 'overdue' || isLate === true;

export const linesTakenBy = ({ lines = [] }: MyDay, { id }: EmailEntry): readonly ListLine[] =>
  lines.filter(({ takenBy }) => takenBy === id);
