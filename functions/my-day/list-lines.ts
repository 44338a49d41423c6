import { type Calendar, type Instant, plusDays, plusMinutes } from '../group/business-time.ts';
import { lapse } from '../handoff/outbox.ts';
import type { EmailEntry, OutboxEntry } from '../handoff/outbox-entry.ts';
import { lastListTime, listTimeFrom } from './list-times.ts';
import { type ListLine, type MyDay, queueForPerson } from './my-day.ts';

/**
 * The lines in a person's own item that wait for their next list. A line stands for one email of a handoff; its text is written
 * when the list is sent, from the facts at that time.
 */
type Line = Pick<ListLine, 'task' | 'entry' | 'isLate'>;

/** More than anybody reads in a day; lines without room are still on their task's page. */
const MOST_LINES = 150;
/** How long a sent line is remembered, because the same email might be added again. */
const REMEMBERED_DAYS = 1;
/** The least time between two reminders, even if a list is sent in between. */
const MINUTES_APART = 240;

/**
 * Adds a line to the person's list; the same item if it was added before. A late task sends a reminder at once, unless one was
 * sent since the last list or within four hours: then the line waits for the next list.
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

/** Since the last list, or within four hours: somebody who was reminded at noon gets no second reminder after lunch. */
const wasReminded = ({ remindedAt }: MyDay, now: Instant, calendar: Calendar): boolean =>
  remindedAt !== undefined &&
  (remindedAt >= lastListTime(calendar, now) || plusMinutes(remindedAt, MINUTES_APART) > now);

/** A list includes everything late, so a reminder that is still queued lapses: nobody gets both in the same minute. */
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

/**
 * Lines that no list took, or whose list was too late to be sent. The line of a refused list is lost, like any refused email.
 */
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

/** Drops the oldest lines, those already sent first. */
function bounded(lines: readonly ListLine[], day: MyDay): ListLine[] {
  const surplus = lines.length - MOST_LINES;
  if (surplus <= 0) return [...lines];
  const dropped = lines
    .toSorted((a, b) => Number(isWaiting(a, day)) - Number(isWaiting(b, day)))
    .slice(0, surplus);
  return lines.filter((line) => !dropped.includes(line));
}

/**
 * When a list is about to be sent, it takes the lines that wait; a reminder takes only those about late tasks. If no queued
 * list will take a line, for example because its list was sent too late, another list is queued. A list that SES refused is
 * still queued.
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
