import * as z from 'zod';
import { addDays, calendarOf, lastOpeningBefore, localDate, startOfDay } from '../group/business-time.ts';
import type { Department } from '../group/group.ts';
import { readerOf } from '../handoff/choices.ts';
import type { Context } from '../handoff/draft.ts';
import { type EmailRecord, emailRecords } from '../handoff/item-bounds.ts';
import { dayIdOf } from '../handoff/keys.ts';
import { grantLinkRequest } from '../handoff/link-requests.ts';
import { nextDue } from '../handoff/outbox.ts';
import { type EmailEntry, outboxEntry } from '../handoff/outbox-entry.ts';
import { isOpen, link, type Task } from '../handoff/task.ts';
import type { StaffMember } from '../people/staff.ts';

/**
 * A person's own item at one store: the emails that are theirs rather than a handoff's, and the links to the page "my
 * open tasks". What is open is not kept here: it is looked up when the email is written and when the page is read.
 */
export const myDay = z.object({
  kind: z.literal('my-day'),
  schema: z.literal(1),
  dayId: z.string(),
  /** Grows by one with each write; 0 is not yet written. */
  version: z.number().int(),
  storeId: z.string(),
  employeeNumber: z.string(),
  updatedAt: z.string(),
  /** The last of the store's dates on which the morning summary was owed. */
  summaryOn: z.string().optional(),
  /** When the person asked for it in the last day. */
  linkRequests: z.array(z.string()).optional(),
  /** The last of these, as releases before 2026-12 wrote it. */
  askedAt: z.string().optional(),
  outbox: z.array(outboxEntry),
  entriesMade: z.number().int(),
  links: z.array(link),
});
export type MyDay = z.infer<typeof myDay>;

export const blankDay = ({ storeId, employeeNumber }: StaffMember, now: string): MyDay => ({
  kind: 'my-day',
  schema: 1,
  dayId: dayIdOf(storeId, employeeNumber),
  version: 0,
  storeId,
  employeeNumber,
  updatedAt: now,
  outbox: [],
  entriesMade: 0,
  links: [],
});

/** The outbox needs no more memory than SES's reports need: what is settled for good is forgotten after these. */
const ENTRIES = 6;

export const dayDueAt = ({ outbox }: MyDay): string | undefined => nextDue(outbox);

/** The summary of this date, once; nothing where it was owed already, or there is nothing to say. */
export function summaryFor(before: MyDay, desk: Desk, { store, now }: Context): MyDay | undefined {
  const today = localDate(store.timeZone, now);
  if (before.summaryOn === today || !hasSomething(desk)) return undefined;
  const tomorrow = startOfDay(store.timeZone, addDays(today, 1));
  return { ...owe(before, desk.person, now, { lapsesAt: tomorrow }), summaryOn: today };
}

/** Sent once more because the person asks for it, even if it says that nothing is open. */
export function askedFor(before: MyDay, person: StaffMember, now: string): MyDay | undefined {
  const earlier = before.linkRequests ?? (before.askedAt === undefined ? [] : [before.askedAt]);
  const granted = grantLinkRequest(earlier, now);
  if (!granted) return undefined;
  const { askedAt: _last, ...rest } = owe(before, person, now, { note: { why: 'You asked for this list.' } });
  return { ...rest, linkRequests: [...granted.requests] };
}

export const wasAskedFor = ({ note }: EmailEntry): boolean => note !== undefined;

function owe(
  day: MyDay,
  person: StaffMember,
  now: string,
  rest: Pick<EmailEntry, 'lapsesAt' | 'note'>,
): MyDay {
  const entry: EmailEntry = {
    type: 'email',
    id: `e${day.entriesMade + 1}`,
    state: 'owed',
    owedAt: now,
    attempts: 0,
    message: readerOf(person).isManager ? 'store-today' : 'morning-summary',
    to: { staff: person.employeeNumber },
    ...rest,
  };
  const kept = day.outbox.slice(-ENTRIES);
  return { ...day, updatedAt: now, entriesMade: day.entriesMade + 1, outbox: [...kept, entry] };
}

/** What lies before one person at one store: read, never kept. */
export interface Desk {
  readonly person: StaffMember;
  /** Theirs to accept or to finish: late ones first, then by when they are due. */
  readonly open: readonly Task[];
  /** Nudges that are theirs and wait for a day with room under the cap. */
  readonly capped: readonly Task[];
  /** What they put by until a day of their choice. */
  readonly resting: readonly Task[];
  /** A manager's: what is open in the whole store, and what was done. */
  readonly store?: StoreToday;
}

export interface StoreToday {
  readonly open: readonly Task[];
  readonly done: readonly Task[];
  /** Since when "done" counts: the last day on which the store was open, so that Monday tells of Saturday. */
  readonly doneSince: string;
}

export function deskOf(person: StaffMember, tasks: readonly Task[], now: string): Desk {
  const theirs = tasks.filter(({ assignee }) => assignee?.employeeNumber === person.employeeNumber);
  const waiting = theirs.filter(({ state }) => state === 'waiting').toSorted(byRelease);
  return {
    person,
    open: lateFirst(theirs.filter(isOpen), now),
    capped: waiting.filter(isCapped),
    resting: waiting.filter((task) => !isCapped(task)),
  };
}

export function storeToday(tasks: readonly Task[], done: readonly Task[], context: Context): StoreToday {
  const doneSince = doneSinceOf(context);
  return {
    open: lateFirst(tasks.filter(isOpen), context.now),
    done: done
      .filter(({ state, ended }) => state === 'completed' && ended && ended.at >= doneSince)
      .toSorted((one, other) => (other.ended?.at ?? '').localeCompare(one.ended?.at ?? '')),
    doneSince,
  };
}

export function doneSinceOf({ store, now }: Context): string {
  const today = localDate(store.timeZone, now);
  const last = (['service', 'sales'] as const)
    .map((department) => lastOpeningBefore(calendarOf(store, department), today))
    .toSorted()
    .at(-1);
  return startOfDay(store.timeZone, last === undefined ? today : localDate(store.timeZone, last));
}

/** Nothing is sent to who has nothing: what rests until a day of their own choice is nothing for today. */
export const hasSomething = ({ open, capped, store }: Desk): boolean =>
  open.length > 0 || capped.length > 0 || (store !== undefined && store.open.length > 0);

/** Which clock runs, and whether it ran out: the sweep takes a deadline away when it has rung. */
const limitOf = (task: Task) =>
  task.deadlines[task.state === 'open' ? 'accept-reminder' : 'complete-reminder'];
const escalationOf = (task: Task) =>
  task.deadlines[task.state === 'open' ? 'accept-escalation' : 'complete-escalation'];
const hasPassed = (at: string | undefined, now: string) => at === undefined || at <= now;

export const isLate = (task: Task, now: string): boolean => isOpen(task) && hasPassed(limitOf(task), now);
export const isEscalated = (task: Task, now: string): boolean =>
  isLate(task, now) && hasPassed(escalationOf(task), now);
/** By when the next step is expected; nothing where that has passed. */
export const dueBy = (task: Task, now: string): string | undefined =>
  isLate(task, now) ? undefined : limitOf(task);

export const departmentOfPerson = ({ role }: StaffMember): Department =>
  role === 'service advisor' || role === 'service manager' ? 'service' : 'sales';

/** Whose task it may be opened as, from their own page: who has it, who heard of it, and the managers of the store. */
export function mayOpen(task: Task, person: StaffMember): boolean {
  if (task.storeId !== person.storeId) return false;
  const { employeeNumber } = person;
  return (
    readerOf(person).isManager ||
    task.assignee?.employeeNumber === employeeNumber ||
    task.log.some(({ by }) => by === employeeNumber) ||
    emailRecords(task).some((record) => isTo(record, employeeNumber))
  );
}

const isTo = ({ to }: EmailRecord, employeeNumber: string) =>
  to !== 'customer' && to.staff === employeeNumber;

/** It waits for the cap on a person's nudges, not because somebody put it by. */
const isCapped = (task: Task): boolean =>
  task.log.findLast(({ what }) => what === 'early fact' || what === 'snooze')?.by === 'cap';

const byRelease = (one: Task, other: Task) =>
  (one.deadlines.release ?? '').localeCompare(other.deadlines.release ?? '');

/** What ran out, longest with its person first; then what runs out next. */
function lateFirst(tasks: readonly Task[], now: string): Task[] {
  const rank = (task: Task) => {
    const by = dueBy(task, now);
    return by === undefined ? `0${task.assignee?.since ?? task.createdAt}` : `1${by}`;
  };
  return tasks.toSorted((one, other) => rank(one).localeCompare(rank(other)));
}
