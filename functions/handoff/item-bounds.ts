import { plusDays } from '../group/business-time.ts';
import { isStaffLink, LINK_DAYS, type Link } from '../links/link.ts';
import { isEmail, lapse, sameRecipient } from './outbox.ts';
import type { EmailEntry, OutboxEntry, Recipient, SettledEmail } from './outbox-entry.ts';
import type { Task } from './task.ts';

/**
 * The size of an item has a bound that holds whatever happens: DynamoDB takes no item over 400 KB, and an item that
 * can't be written can't be mended either. Far below the bound nothing is cut; at the bound the oldest emails that are
 * settled become one short line for each message and recipient.
 */
export const MOST = {
  /** Settled emails that are kept whole. */
  settledEmails: 30,
  /** Emails to staff that wait to be sent. */
  owedToStaff: 30,
  /** Emails to the customer that wait for a person's decision. */
  questions: 20,
  /** Events that wait for the bus, or were given up. */
  events: 40,
  /** Lines about emails that left the outbox. */
  lines: 120,
  staffLinks: 80,
  customerLinks: 60,
  logEntries: 40,
  /** What people said last, for a double click. */
  said: 20,
} as const;

/**
 * A customer's links are never cut before this, so emails to a customer are limited to as many in that time as have
 * room for their links. CAN-SPAM asks for 30 days.
 */
export const CUSTOMER_LINK_DAYS = 60;
export const MOST_TO_CUSTOMER = MOST.customerLinks / 2 - 10;

/** What is remembered of an email, whether its entry is still in the outbox or only a line is left of it. */
export type EmailRecord = EmailEntry | SettledEmail;

/** All emails that a task ever owed, oldest first. What was cut is one record for each message and recipient. */
export const emailRecords = ({ outbox, settled = [] }: Pick<Task, 'outbox' | 'settled'>): EmailRecord[] => [
  ...settled,
  ...outbox.filter(isEmail),
];

/** How many emails a record stands for. */
export const countOf = (record: EmailRecord): number => ('emails' in record ? record.emails : 1);

/** It was sent, or may have been: its reader may know what it says. */
export const mayHaveLeft = ({ state, sentAt }: Pick<EmailRecord, 'state' | 'sentAt'>): boolean =>
  sentAt !== undefined || ['sending', 'sent', 'unknown'].includes(state);

/** A task within its bounds. */
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

function boundedOutbox(entries: readonly OutboxEntry[]): OutboxEntry[] {
  return lapseOldest(lapseSuperseded(dropEvents(entries)), isQuestion, MOST.questions);
}

/** An event that was given up first, then the oldest that is owed: the bus has been out for very long. */
function dropEvents(entries: readonly OutboxEntry[]): readonly OutboxEntry[] {
  const events = entries.filter(({ type, state }) => type === 'event' && state !== 'sending');
  const surplus = events.length - MOST.events;
  if (surplus <= 0) return entries;
  const first = events.toSorted((one, other) => Number(isOwed(one)) - Number(isOwed(other)));
  const dropped = new Set(first.slice(0, surplus));
  return entries.filter((entry) => !dropped.has(entry));
}

const isOwed = ({ state }: OutboxEntry) => state === 'owed';
const isOwedToStaff = (entry: OutboxEntry): entry is EmailEntry =>
  isEmail(entry) && isOwed(entry) && entry.to !== 'customer';
const isQuestion = ({ state }: OutboxEntry) => state === 'asked';

/** Of several that say the same to the same person the newest is enough, then the newest of all. */
function lapseSuperseded(entries: readonly OutboxEntry[]): readonly OutboxEntry[] {
  const owed = entries.filter(isOwedToStaff);
  if (owed.length <= MOST.owedToStaff) return entries;
  const isSuperseded = (entry: OutboxEntry) =>
    isOwedToStaff(entry) && owed.findLast((other) => isSame(other, entry)) !== entry;
  const lapsed = entries.map((entry) => (isSuperseded(entry) ? lapse(entry, { code: 'superseded' }) : entry));
  return lapseOldest(lapsed, isOwedToStaff, MOST.owedToStaff);
}

function lapseOldest(
  entries: readonly OutboxEntry[],
  isOne: (entry: OutboxEntry) => boolean,
  most: number,
): OutboxEntry[] {
  const surplus = entries.filter(isOne).length - most;
  const oldest = new Set(surplus > 0 ? entries.filter(isOne).slice(0, surplus) : []);
  return entries.map((entry) => (oldest.has(entry) ? lapse(entry, { code: 'no-room' }) : entry));
}

interface Named {
  readonly message: string;
  readonly to: Recipient;
}
const isSame = (one: Named, other: Named) => one.message === other.message && sameRecipient(one.to, other.to);

type Settled = EmailEntry & { readonly state: SettledEmail['state'] };

function isSettled(entry: OutboxEntry): entry is Settled {
  return isEmail(entry) && ['sent', 'given-up', 'withheld', 'lapsed'].includes(entry.state);
}

/**
 * Takes the oldest settled emails out. A question stays as long as the email that it is about: without it, the same
 * would be asked again.
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

/** The id of the email that this one is about: a question, or an email in place of one that was not read. */
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
  return [...lines.filter((one) => one !== before), line];
}

/** The customer's lines are few and stay. */
function boundedLines(lines: readonly SettledEmail[]): readonly SettledEmail[] {
  const surplus = lines.length - MOST.lines;
  if (surplus <= 0) return lines;
  const dropped = new Set(lines.filter(({ to }) => to !== 'customer').slice(0, surplus));
  return lines.filter((line) => !dropped.has(line));
}

/** Oldest first. A customer's link that is young enough to be owed by law is never among them. */
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
    ? links.toSorted((one, other) => (one.expiresAt < other.expiresAt ? -1 : 1)).slice(0, links.length - most)
    : [];

/** Emails to the customer of which links were made in the time in which no such link is cut. */
export function emailsToCustomerLately(links: readonly Link[], now: string): number {
  const since = plusDays(now, -CUSTOMER_LINK_DAYS);
  return links.filter(
    ({ of, expiresAt }) => of === 'customer one-click' && plusDays(expiresAt, -LINK_DAYS.customer) > since,
  ).length;
}
