import * as z from 'zod';

/**
 * Transactional outbox: what an item still has to send, written down before it is sent.
 *
 * owed → sending (leased) → sent. SES refused: owed again, later, or given-up. Nobody can say: unknown, until an event
 * of SES settles it. withheld and lapsed entries were never sent, with the reason.
 */
const recipient = z.union([z.literal('customer'), z.object({ staff: z.string() })]);
export type Recipient = z.infer<typeof recipient>;

const code = <Code extends string>(name: Code) => ({ code: z.literal(name) });
const error = { error: z.string() };

/** Why an entry is in the state it is in. Words are made where people read them. Never a name or an address. */
export const entryReason = z.discriminatedUnion('code', [
  // SES or EventBridge did not take it, and it is tried again.
  z.object({ ...code('not-accepted'), ...error }),
  z.object(code('sender-not-verified')),
  z.object(code('recipient-not-verified')),
  z.object(code('ses-closed')),
  // Nobody knows whether it was taken.
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
  z.object(code('no-room')),
  /** A release before 2026-12 wrote this sentence. */
  z.object({ ...code('earlier-release'), text: z.string() }),
]);
export type EntryReason = z.infer<typeof entryReason>;

/** Why a handoff moved from one person to another. */
export const moveReason = z.discriminatedUnion('code', [
  z.object({ ...code('declined'), reason: z.string() }),
  z.object({ ...code('handed-over'), by: z.string() }),
  z.object({ ...code('taken-over'), by: z.string() }),
  z.object({ ...code('choice-taken-back'), by: z.string(), to: z.string() }),
  z.object(code('left')),
  z.object(code('suspended')),
  z.object({ ...code('earlier-release'), text: z.string() }),
]);
export type MoveReason = z.infer<typeof moveReason>;

export const emailProblems = ['bounced', 'unknown', 'not accepted', 'refused'] as const;
export type EmailProblem = (typeof emailProblems)[number];

const deadline = { deadline: z.enum(['accept', 'complete']) };

/** What one email says beyond what its task says when it is sent: for the messages that every kind of handoff has. */
const emailNote = z.discriminatedUnion('code', [
  z.object({ ...code('moved'), why: moveReason }),
  z.object({ ...code('late'), ...deadline }),
  z.object({ ...code('mailbox-bounced'), ...deadline }),
  /** In place of an email that its reader never got: `entry` is that email's id. */
  z.object({ ...code('unread'), ...deadline, entry: z.string(), reader: z.string() }),
  z.object({ ...code('problem'), entry: z.string(), problem: z.enum(emailProblems) }),
  z.object({ ...code('choice-taken-back'), by: z.string(), choice: z.string() }),
  z.object(code('snoozed-until-today')),
  z.object(code('asked-for')),
  z.object({ ...code('earlier-release'), text: z.string() }),
]);
export type EmailNote = z.infer<typeof emailNote>;

const delivery = {
  /** `e1`, `e2`, …: one item's own, and with the task id the tag of the email. */
  id: z.string(),
  state: z.enum(['owed', 'sending', 'sent', 'unknown', 'asked', 'given-up', 'withheld', 'lapsed']),
  owedAt: z.string(),
  /** Not before this instant: backing off, or waiting for opening hours. */
  notBefore: z.string().optional(),
  /** Of an entry that was refused: since when it was due, which is its place among all that is owed. */
  dueSince: z.string().optional(),
  /** Since when SES refuses it because of its recipient. Such an entry keeps no place: it may never be taken. */
  refusedSince: z.string().optional(),
  /** After this instant it is too late to send: it lapses. */
  lapsesAt: z.string().optional(),
  attempts: z.number().int(),
  lease: z.object({ id: z.string(), until: z.string() }).optional(),
  /** Since when nobody knows whether it was accepted. */
  unknownSince: z.string().optional(),
  sentAt: z.string().optional(),
  reason: entryReason.optional(),
};

const reports = z.enum(['delivered', 'delayed', 'bounced', 'complained', 'rejected']);

/** An email that goes out under one of these names, with what its kind of handoff notes beside it. */
export const emailEntryOf = <Message extends z.ZodType<string>, Own extends z.ZodType<object>>(
  message: Message,
  own: Own,
) =>
  z.object({
    ...delivery,
    type: z.literal('email'),
    message,
    to: recipient,
    /** Tells apart two sends of one message to one person, such as two corrections. */
    round: z.number().int().optional(),
    note: emailNote.optional(),
    /** What only this kind of handoff says in this email. */
    own: own.optional(),
    /** Its reader asked for a new link to it. */
    freshLink: z.boolean().optional(),
    messageId: z.string().optional(),
    /** What SES reported last. */
    reported: reports.optional(),
  });

/** What an event says beyond what its task says when it is put on the bus. */
const eventAbout = z.discriminatedUnion('code', [
  z.object({ ...code('taken-back'), choice: z.string() }),
  z.object({ ...code('declined'), reason: z.string() }),
  z.object({ ...code('late'), ...deadline }),
  z.object({ ...code('ended'), outcome: z.string() }),
  z.object({ ...code('statement'), said: z.string(), takenBack: z.boolean() }),
  z.object({ ...code('asked-by'), askedBy: z.string() }),
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

/** An email as any kind of handoff may have it. */
const anyEmailEntry = emailEntryOf(z.string(), z.looseObject({}));
export type EmailEntry = z.infer<typeof anyEmailEntry>;
export const anyOutboxEntry = z.discriminatedUnion('type', [anyEmailEntry, eventEntry]);
export type OutboxEntry = EmailEntry | EventEntry;

/**
 * What is left of emails that went out or never will, once the outbox needs their room: one line for each message and
 * recipient, about the last of them. It answers who was told what, so that nothing is sent twice.
 */
export const settledEmail = z.object({
  /** Of the last one. */
  id: z.string(),
  message: z.string(),
  to: recipient,
  state: z.enum(['sent', 'given-up', 'withheld', 'lapsed']),
  owedAt: z.string(),
  /** When the last one that left did. */
  sentAt: z.string().optional(),
  reason: entryReason.optional(),
  reported: reports.optional(),
  /** How many emails the line stands for. */
  emails: z.number().int().positive(),
});
export type SettledEmail = z.infer<typeof settledEmail>;
