import * as z from 'zod';
import { addDays, plusDays, startOfDay } from '../group/business-time.ts';
import { hash } from '../group/hash.ts';
import { readerOf } from '../handoff/choices.ts';
import type { Context } from '../handoff/context.ts';
import { grantLinkRequest } from '../handoff/link-requests.ts';
import { lapse, nextDue } from '../handoff/outbox.ts';
import { anyOutboxEntry, type EmailEntry, type EmailNote } from '../handoff/outbox-entry.ts';
import { type OwnEmail, queueOwnEmail } from '../handoff/own-emails.ts';
import { link } from '../links/link.ts';
import type { StaffMember } from '../people/staff.ts';
import { hasSomething, type Worklist } from './worklist.ts';

/** A line of a list, which stands for one email of a handoff. */
const listLine = z.object({
  task: z.string(),
  /** The id of the email in the task's outbox. */
  entry: z.string(),
  at: z.string(),
  /** A reminder of a late task. */
  isLate: z.literal(true).optional(),
  /** The list that took the line, by the id of its email in this item. */
  takenBy: z.string().optional(),
});
export type ListLine = z.infer<typeof listLine>;

/**
 * A person's own item at one store: emails that belong to the person rather than a handoff, and the links to the page
 * "my open tasks". Open tasks are not stored here; they are looked up when the email is written or the page is opened.
 */
export const myDay = z.object({
  kind: z.literal('my-day'),
  schema: z.literal(2),
  dayId: z.string(),
  /** Incremented with each write; 0 means not yet written. */
  version: z.number().int(),
  storeId: z.string(),
  employeeNumber: z.string(),
  updatedAt: z.string(),
  /** The store's date on which a morning summary was last queued. */
  summaryOn: z.string().optional(),
  /** Lines that wait for the next list, and those that the last lists took. */
  lines: z.array(listLine).optional(),
  /** When a reminder of everything late was last queued. */
  remindedAt: z.string().optional(),
  /** When the person asked for their list, in the last day. */
  linkRequests: z.array(z.string()).optional(),
  /** Customers that the person looked up in the last day: when, and by what, as a keyed hash. */
  lookUps: z.array(z.object({ at: z.string(), of: z.string() })).optional(),
  outbox: z.array(anyOutboxEntry),
  entriesMade: z.number().int(),
  links: z.array(link),
});
export type MyDay = z.infer<typeof myDay>;

/** The id of a person at one store, used in their personal link. Somebody who works at two stores has two. */
export const dayIdOf = (storeId: string, employeeNumber: string): string =>
  hash(['my-day', storeId, employeeNumber]).slice(0, 32);

export const blankDay = (
  { storeId, employeeNumber }: Pick<StaffMember, 'storeId' | 'employeeNumber'>,
  now: string,
): MyDay => ({
  kind: 'my-day',
  schema: 2,
  dayId: dayIdOf(storeId, employeeNumber),
  version: 0,
  storeId,
  employeeNumber,
  updatedAt: now,
  outbox: [],
  entriesMade: 0,
  links: [],
});

export const dayDueAt = ({ outbox }: MyDay): string | undefined => nextDue(outbox);

/** Queues this date's summary once; undefined if it was queued already or there is nothing to say. */
export function summaryFor(
  before: MyDay,
  worklist: Worklist,
  { store, now, today }: Context,
): MyDay | undefined {
  if (before.summaryOn === today || !hasSomething(worklist)) return undefined;
  const tomorrow = startOfDay(store.timeZone, addDays(today, 1));
  // The summary includes everything that waited for a list, so a queued list lapses.
  const alone = before.outbox.map((entry) =>
    entry.type === 'email' && entry.state === 'owed' && entry.message === 'next-list'
      ? lapse(entry, { code: 'superseded' })
      : entry,
  );
  const message = summaryOf(worklist.person);
  return {
    ...queueForPerson({ ...before, outbox: alone }, now, { message, lapsesAt: tomorrow }),
    summaryOn: today,
  };
}

const summaryOf = (person: StaffMember) => (readerOf(person).isManager ? 'store-today' : 'morning-summary');

const ASKED_FOR: EmailNote = { code: 'asked-for' };

/** Queues the summary at the person's request, even if nothing is open. */
export function askedFor(before: MyDay, person: StaffMember, now: string): MyDay | undefined {
  const granted = grantLinkRequest(before.linkRequests ?? [], now);
  if (!granted) return undefined;
  return {
    ...queueForPerson(before, now, { message: summaryOf(person), note: ASKED_FOR }),
    linkRequests: [...granted.requests],
  };
}

export const wasAskedFor = ({ note }: EmailEntry): boolean => note !== undefined;

/** Queues an email to the person. */
export const queueForPerson = (day: MyDay, now: string, email: Omit<OwnEmail, 'to'>): MyDay =>
  queueOwnEmail(day, now, { to: { staff: day.employeeNumber }, ...email });

/** A salesperson starts a few handoffs a day; somebody with more look-ups than this is reading customer data. */
const LOOK_UPS_PER_DAY = 30;

/** Records a look-up; repeating the same one within a day counts once. Undefined if there were too many. */
export function lookedUp(day: MyDay, of: string, now: string): MyDay | undefined {
  const lately = (day.lookUps ?? []).filter(({ at }) => at > plusDays(now, -1));
  if (lately.some((one) => one.of === of)) return { ...day, lookUps: lately };
  if (lately.length >= LOOK_UPS_PER_DAY) return undefined;
  return { ...day, updatedAt: now, lookUps: [...lately, { at: now, of }] };
}
