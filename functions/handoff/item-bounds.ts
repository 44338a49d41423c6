import { plusDays } from '../group/business-time.ts';
import { isStaffLink, LINK_DAYS, type Link } from '../links/link.ts';
import { isEmail, lapse, sameRecipient } from './outbox.ts';
import {
  type EmailEntry,
  isStaff,
  type OutboxEntry,
  type Recipient,
  type SettledEmail,
} from './outbox-entry.ts';
import type { Task } from './task.ts';

/**
 * Keeps every item below DynamoDB's limit of 400 KB, because an item that can't be written can't be repaired either.
 * Typical items are never cut; at the bound, the oldest settled emails become one short line for each message and
 * recipient.
 */
export const MOST = {
  /** Settled emails that keep their full entry. */
  settledEmails: 30,
  /** Emails to staff that wait to be sent. */
  owedToStaff: 30,
  /** Emails to the customer that wait for a staff decision. */
  questions: 20,
  /** Events that wait for the bus, or were given up. */
  events: 40,
  /** Lines that summarize emails removed from the outbox. */
  lines: 120,
  staffLinks: 80,
  customerLinks: 60,
  logEntries: 40,
  /** Odd fields of one event that its log entry names. */
  oddFields: 10,
  /** Latest choices, to recognize a double click. */
  said: 20,
} as const;

/**
 * A customer's links are kept at least this long; CAN-SPAM requires 30 days. The number of emails to a customer in that
 * time is limited so that their links fit.
 */
export const CUSTOMER_LINK_DAYS = 60;
export const MOST_TO_CUSTOMER = MOST.customerLinks / 2 - 10;

/** DynamoDB's limit for one item. */
const MOST_BYTES = 400 * 1024;

/** From this share of a bound on, an operator should find out why the item grows. */
const NEAR = 0.75;

/** An email's entry in the outbox, or the line that summarizes it after removal. */
export type EmailRecord = EmailEntry | SettledEmail;

/** All emails that a task ever queued, oldest first. Removed ones are one record for each message and recipient. */
export const emailRecords = ({ outbox, settled = [] }: Pick<Task, 'outbox' | 'settled'>): EmailRecord[] => [
  ...settled,
  ...outbox.filter(isEmail),
];

/** The number of emails that a record covers. */
export const countOf = (record: EmailRecord): number => ('emails' in record ? record.emails : 1);

/** Whether the recipient may have received it. */
export const mayHaveLeft = ({ state, sentAt }: Pick<EmailRecord, 'state' | 'sentAt'>): boolean =>
  sentAt !== undefined || ['sending', 'sent', 'unknown'].includes(state);

/** Trims a task to its bounds. */
export function withinBounds<T extends Task>(task: T, now: string): T {
  const { kept, left } = cutSettled(boundedOutbox(task.outbox));
  const settled = boundedLines(left.reduce(withLine, task.settled ?? []));
  return {
    ...task,
    links: boundedLinks(task.links, now),
    outbox: kept,
    ...(settled.length > 0 ? { settled } : {}),
  };
}

/** What items of every kind hold; some have only emails and links. */
type Holding = Pick<Task, 'outbox' | 'links'> & Partial<Pick<Task, 'settled' | 'log' | 'said'>>;

/** The bounds that an item has nearly or fully reached, for an operator who looks into it. */
export function boundsNear(item: Holding): string[] {
  return [...boundsOfOutbox(item.outbox), ...boundsOfRest(item)]
    .filter(({ holds, most }) => holds >= most * NEAR)
    .map(({ bound }) => bound);
}

interface Held {
  readonly bound: string;
  readonly holds: number;
  readonly most: number;
}

function boundsOfOutbox(outbox: readonly OutboxEntry[]): Held[] {
  const count = (isOne: (entry: OutboxEntry) => boolean) => outbox.filter(isOne).length;
  return [
    { bound: 'settled emails', holds: count(isSettled), most: MOST.settledEmails },
    { bound: 'emails owed to staff', holds: count(isOwedToStaff), most: MOST.owedToStaff },
    { bound: 'questions', holds: count(isQuestion), most: MOST.questions },
    { bound: 'events', holds: count(({ type }) => type === 'event'), most: MOST.events },
  ];
}

function boundsOfRest(item: Holding): Held[] {
  const { links, settled = [], log = [], said = [] } = item;
  const ofStaff = links.filter(isStaffLink).length;
  return [
    { bound: 'lines', holds: settled.length, most: MOST.lines },
    { bound: 'links of staff', holds: ofStaff, most: MOST.staffLinks },
    { bound: 'links of the customer', holds: links.length - ofStaff, most: MOST.customerLinks },
    { bound: 'log', holds: log.length, most: MOST.logEntries },
    { bound: 'choices', holds: said.length, most: MOST.said },
    { bound: 'bytes', holds: Buffer.byteLength(JSON.stringify(item)), most: MOST_BYTES },
  ];
}

function boundedOutbox(entries: readonly OutboxEntry[]): OutboxEntry[] {
  return lapseOldest(lapseSuperseded(dropEvents(entries)), isQuestion, MOST.questions);
}

/** Drops events that were given up first, then the oldest queued ones; only a very long bus outage gets this far. */
function dropEvents(entries: readonly OutboxEntry[]): readonly OutboxEntry[] {
  const events = entries.filter(({ type, state }) => type === 'event' && state !== 'sending');
  const surplus = events.length - MOST.events;
  if (surplus <= 0) return entries;
  const first = events.toSorted((a, b) => Number(isOwed(a)) - Number(isOwed(b)));
  const dropped = new Set(first.slice(0, surplus));
  return entries.filter((entry) => !dropped.has(entry));
}

const isOwed = ({ state }: OutboxEntry) => state === 'owed';
const isOwedToStaff = (entry: OutboxEntry): entry is EmailEntry =>
  isEmail(entry) && isOwed(entry) && isStaff(entry.to);
const isQuestion = ({ state }: OutboxEntry) => state === 'asked';

/** Keeps the newest of several identical messages to the same person; if that is not enough, only the newest of all. */
function lapseSuperseded(entries: readonly OutboxEntry[]): readonly OutboxEntry[] {
  const owed = entries.filter(isOwedToStaff);
  if (owed.length <= MOST.owedToStaff) return entries;
  const isSuperseded = (entry: OutboxEntry) =>
    isOwedToStaff(entry) && owed.findLast((newer) => isSame(newer, entry)) !== entry;
  const lapsed = entries.map((entry) => (isSuperseded(entry) ? lapse(entry, { code: 'superseded' }) : entry));
  return lapseOldest(lapsed, isOwedToStaff, MOST.owedToStaff);
}

function lapseOldest(
  entries: readonly OutboxEntry[],
  matches: (entry: OutboxEntry) => boolean,
  most: number,
): OutboxEntry[] {
  const surplus = entries.filter(matches).length - most;
  const oldest = new Set(surplus > 0 ? entries.filter(matches).slice(0, surplus) : []);
  return entries.map((entry) => (oldest.has(entry) ? lapse(entry, { code: 'no-room' }) : entry));
}

interface Named {
  readonly message: string;
  readonly to: Recipient;
}
const isSame = (a: Named, b: Named) => a.message === b.message && sameRecipient(a.to, b.to);

type Settled = EmailEntry & { readonly state: SettledEmail['state'] };

function isSettled(entry: OutboxEntry): entry is Settled {
  return isEmail(entry) && ['sent', 'given-up', 'withheld', 'lapsed'].includes(entry.state);
}

/**
 * Removes the oldest settled emails. A question is kept as long as the email it asks about; otherwise it would be asked
 * again.
 */
function cutSettled(entries: readonly OutboxEntry[]): { kept: OutboxEntry[]; left: Settled[] } {
  let surplus = entries.filter(isSettled).length - MOST.settledEmails;
  const kept = new Map(entries.map((entry) => [entry.id, entry]));
  const left: Settled[] = [];
  for (const entry of entries) {
    if (surplus <= 0) break;
    const about = entry.type === 'email' ? aboutEntry(entry) : undefined;
    if (!isSettled(entry) || (about !== undefined && kept.has(about))) continue;
    kept.delete(entry.id);
    left.push(entry);
    surplus -= 1;
  }
  return { kept: [...kept.values()], left };
}

/** The id of the email that this one asks about or replaces. */
export const aboutEntry = ({ note }: Pick<EmailEntry, 'note'>): string | undefined =>
  note?.code === 'problem' || note?.code === 'unread' ? note.entry : undefined;

function withLine(lines: readonly SettledEmail[], entry: Settled): SettledEmail[] {
  const before = lines.find((line) => isSame(line, entry));
  const { id, message, to, state, owedAt, reason } = entry;
  const sentAt = entry.sentAt ?? before?.sentAt;
  const reported = entry.reported ?? before?.reported;
  const line: SettledEmail = {
    id,
    message,
    to,
    state,
    owedAt,
    ...(sentAt === undefined ? {} : { sentAt }),
    ...(reason === undefined ? {} : { reason }),
    ...(reported === undefined ? {} : { reported }),
    emails: (before?.emails ?? 0) + 1,
  };
  return [...lines.filter((current) => current !== before), line];
}

/** Lines about emails to the customer are few and always kept. */
function boundedLines(lines: readonly SettledEmail[]): readonly SettledEmail[] {
  const surplus = lines.length - MOST.lines;
  if (surplus <= 0) return lines;
  const dropped = new Set(lines.filter(({ to }) => isStaff(to)).slice(0, surplus));
  return lines.filter((line) => !dropped.has(line));
}

/** Drops the oldest links, but never a customer link that the law requires to work. */
export function boundedLinks(links: readonly Link[], now: string): Link[] {
  const dropped = new Set([
    ...surplusOf(links.filter(isStaffLink), MOST.staffLinks),
    ...surplusOf(
      links.filter((link) => !isStaffLink(link)),
      MOST.customerLinks,
    ).filter(
      ({ expiresAt }) => madeAtLatest(expiresAt, LINK_DAYS.customer) < plusDays(now, -CUSTOMER_LINK_DAYS),
    ),
  ]);
  return links.filter((link) => !dropped.has(link));
}

const madeAtLatest = (expiresAt: string, days: number) => plusDays(expiresAt, -days);

const surplusOf = (links: readonly Link[], most: number): readonly Link[] =>
  links.length > most
    ? links.toSorted((a, b) => (a.expiresAt < b.expiresAt ? -1 : 1)).slice(0, links.length - most)
    : [];

/** The number of emails to the customer in the period for which their links must work. */
export function recentCustomerEmails(links: readonly Link[], now: string): number {
  const since = plusDays(now, -CUSTOMER_LINK_DAYS);
  return links.filter(
    ({ of, expiresAt }) => of === 'customer one-click' && plusDays(expiresAt, -LINK_DAYS.customer) > since,
  ).length;
}
