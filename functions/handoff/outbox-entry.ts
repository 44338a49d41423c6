import * as z from 'zod';

/**
 * Transactional outbox: the emails and events that an item has to send, stored before they are sent.
 *
 * owed → sending (leased) → sent. Refused by SES: owed again for a later try, or given-up. No answer: unknown, until an
 * SES event settles it. withheld and lapsed entries were never sent; they carry the reason.
 */
const recipient = z.union([z.literal('customer'), z.literal('crm'), z.object({ staff: z.string() })]);
/** The customer, the store's CRM at its lead address, or a staff member. */
export type Recipient = z.infer<typeof recipient>;

interface ToStaff {
  readonly staff: string;
}

export const isStaff = (to: Recipient): to is ToStaff => typeof to !== 'string';

/** The employee number if the recipient is on the staff, otherwise nothing. */
export const staffIn = (to: Recipient): readonly string[] => (isStaff(to) ? [to.staff] : []);

const code = <Code extends string>(name: Code) => ({ code: z.literal(name) });
const error = { error: z.string() };

/** Why an entry is in its state. Pages and emails turn the code into words. Never holds a name or an address. */
export const entryReason = z.discriminatedUnion('code', [
  // SES or EventBridge did not accept it; it will be retried.
  z.object({ ...code('not-accepted'), ...error }),
  z.object(code('sender-not-verified')),
  z.object(code('recipient-not-verified')),
  z.object(code('ses-closed')),
  // Unknown whether it was accepted.
  z.object({ ...code('no-answer'), ...error }),
  z.object(code('sender-stopped')),
  // Given up.
  z.object({ ...code('refused'), ...error }),
  z.object({ ...code('not-accepted-for-days'), days: z.number().int(), ...error }),
  z.object(code('rejected-by-ses')),
  z.object({ ...code('unknown-message'), message: z.string() }),
  // Withheld.
  z.object(code('no-address')),
  z.object(code('bounced-before')),
  z.object(code('opted-out')),
  z.object({ ...code('store-mode'), mode: z.string() }),
  z.object(code('not-on-allow-list')),
  z.object({ ...code('too-many-emails'), emails: z.number().int(), days: z.number().int() }),
  z.object(code('nobody-to-write-to')),
  z.object(code('nothing-open')),
  // Lapsed.
  z.object({ ...code('ended'), outcome: z.string() }),
  z.object(code('too-late')),
  z.object({ ...code('not-late-any-more'), deadline: z.enum(['accept', 'complete']) }),
  z.object(code('with-somebody-else')),
  z.object(code('person-gone')),
  z.object(code('woken-early')),
  z.object(code('choice-taken-back')),
  z.object(code('left-by-a-person')),
  z.object(code('task-cancelled')),
  z.object(code('superseded')),
  z.object(code('snoozed')),
  z.object(code('letters-stopped')),
  z.object(code('no-room')),
  /** A sentence stored by a release before 2026-12. */
  z.object({ ...code('earlier-release'), text: z.string() }),
]);
export type EntryReason = z.infer<typeof entryReason>;

/** Why a handoff moved from one person to another. */
export const moveReason = z.discriminatedUnion('code', [
  z.object({ ...code('declined'), reason: z.string() }),
  z.object({ ...code('handed-over'), by: z.string() }),
  /** The sender says that the customer met this person. */
  z.object({ ...code('met'), by: z.string() }),
  z.object({ ...code('taken-over'), by: z.string() }),
  z.object({ ...code('choice-taken-back'), by: z.string(), to: z.string() }),
  z.object(code('left')),
  z.object(code('suspended')),
  z.object(code('customer-waits')),
  z.object({ ...code('earlier-release'), text: z.string() }),
]);
export type MoveReason = z.infer<typeof moveReason>;

export const emailProblems = [
  'bounced',
  'suppressed',
  'not delivered',
  'unknown',
  'not accepted',
  'refused',
] as const;
export type EmailProblem = (typeof emailProblems)[number];

const deadline = { deadline: z.enum(['accept', 'complete']) };

/** Fields for one email that cannot be read from its task at sending time, for messages that all kinds share. */
const emailNote = z.discriminatedUnion('code', [
  z.object({ ...code('moved'), why: moveReason }),
  z.object({ ...code('late'), ...deadline }),
  z.object({ ...code('mailbox-bounced'), ...deadline }),
  /** Replaces an email that its recipient never got: `entry` is that email's id. */
  z.object({ ...code('unread'), ...deadline, entry: z.string(), reader: z.string() }),
  z.object({ ...code('problem'), entry: z.string(), problem: z.enum(emailProblems) }),
  z.object({ ...code('choice-taken-back'), by: z.string(), choice: z.string() }),
  z.object(code('snoozed-until-today')),
  z.object(code('asked-for')),
  z.object({ ...code('earlier-release'), text: z.string() }),
]);
export type EmailNote = z.infer<typeof emailNote>;

const delivery = {
  /** `e1`, `e2`, …: unique within the item; with the task id it is the email's SES tag. */
  id: z.string(),
  state: z.enum(['owed', 'sending', 'sent', 'unknown', 'asked', 'given-up', 'withheld', 'lapsed']),
  owedAt: z.string(),
  /** Earliest time to send: backing off, or waiting for opening hours. */
  notBefore: z.string().optional(),
  /** For a refused entry: when it first became due, which keeps its place in the queue. */
  dueSince: z.string().optional(),
  /**
   * Since when SES has refused it because of its recipient. It keeps no place in the queue: it may never be accepted.
   */
  refusedSince: z.string().optional(),
  /** It lapses at this instant. */
  lapsesAt: z.string().optional(),
  /** After this instant it is too late for its reader, so it does not wait for a list that leaves later. */
  neededBy: z.string().optional(),
  /** Delivered as a line of its reader's list. A retry adds the line again at once, and never sends a separate email. */
  asLine: z.literal(true).optional(),
  attempts: z.number().int(),
  lease: z.object({ id: z.string(), until: z.string() }).optional(),
  /** Since when the outcome is unknown. */
  unknownSince: z.string().optional(),
  sentAt: z.string().optional(),
  reason: entryReason.optional(),
};

/**
 * bounced: the address does not exist. suppressed: SES sends nothing to it because of an earlier bounce or complaint.
 * undelivered: SES gave up, for example because the mailbox is full; the address may be right.
 */
const reports = z.enum([
  'delivered',
  'delayed',
  'bounced',
  'suppressed',
  'undelivered',
  'complained',
  'rejected',
]);

const emailFields = {
  ...delivery,
  type: z.literal('email'),
  to: recipient,
  /** Distinguishes repeated emails with one message to one person, such as two corrections. */
  round: z.number().int().optional(),
  note: emailNote.optional(),
  /** The recipient asked for a new link. */
  freshLink: z.boolean().optional(),
  messageId: z.string().optional(),
  /** For an email to a customer: the hash of the address that it went to. The task's address may have been corrected since. */
  sentTo: z.string().optional(),
  /** The latest report from SES. */
  reported: reports.optional(),
};

/** The schema of an email with one of these message names and the fields that only this kind of handoff has. */
export const emailEntryOf = <Message extends z.ZodType<string>, Own extends z.ZodType<object>>(
  message: Message,
  own: Own,
) => z.object({ ...emailFields, message, own: own.optional() });

/** Fields for an event that cannot be read from its task at publishing time. */
const eventAbout = z.discriminatedUnion('code', [
  z.object({ ...code('taken-back'), choice: z.string() }),
  z.object({ ...code('declined'), reason: z.string() }),
  z.object({ ...code('late'), ...deadline }),
  z.object({ ...code('ended'), outcome: z.string() }),
  z.object({ ...code('statement'), said: z.string(), takenBack: z.boolean() }),
  z.object({ ...code('asked-by'), askedBy: z.string(), decides: z.literal('later').optional() }),
  z.object({ ...code('noted'), what: z.string() }),
  z.object({ ...code('earlier-release'), text: z.string() }),
]);
export type EventAbout = z.infer<typeof eventAbout>;

export const eventEntry = z.object({
  ...delivery,
  type: z.literal('event'),
  detailType: z.string(),
  about: eventAbout.optional(),
});
export type EventEntry = z.infer<typeof eventEntry>;

/** An email of any kind of handoff. */
const anyEmailEntry = emailEntryOf(z.string(), z.looseObject({}));
export type EmailEntry = z.infer<typeof anyEmailEntry>;
export const anyOutboxEntry = z.discriminatedUnion('type', [anyEmailEntry, eventEntry]);
export type OutboxEntry = EmailEntry | EventEntry;

/**
 * Summarizes settled emails that were removed from the outbox to save space: one line for each message and recipient,
 * with the details of the newest. It still shows who got which email, so that nothing is sent twice.
 */
export const settledEmail = z.object({
  /** The id of the newest. */
  id: z.string(),
  message: z.string(),
  to: recipient,
  state: z.enum(['sent', 'given-up', 'withheld', 'lapsed']),
  owedAt: z.string(),
  /** When the newest one that was sent was sent. */
  sentAt: z.string().optional(),
  reason: entryReason.optional(),
  reported: reports.optional(),
  /** The number of emails in this line. */
  emails: z.number().int().positive(),
});
export type SettledEmail = z.infer<typeof settledEmail>;
