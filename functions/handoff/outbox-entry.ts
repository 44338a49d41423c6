import * as z from 'zod';

/**
 * What an item owes, written down before it is done: an email or an event.
 *
 * owed → sending (leased) → sent. SES said no: owed again, later, or given-up. Nobody can say: unknown, until an
 * event of SES settles it. withheld and lapsed were never sent, with the reason.
 */
const recipient = z.union([z.literal('customer'), z.object({ staff: z.string() })]);
export type Recipient = z.infer<typeof recipient>;

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
  /** After this instant it has lost its moment and is recorded instead of sent. */
  lapsesAt: z.string().optional(),
  attempts: z.number().int(),
  lease: z.object({ id: z.string(), until: z.string() }).optional(),
  /** Since when nobody knows whether it was accepted. */
  unknownSince: z.string().optional(),
  sentAt: z.string().optional(),
  /** Why it is in a state that needs a reason. Never a name or an address. */
  reason: z.string().optional(),
};

const reports = z.enum(['delivered', 'delayed', 'bounced', 'complained', 'rejected']);

const emailEntry = z.object({
  ...delivery,
  type: z.literal('email'),
  message: z.string(),
  to: recipient,
  /** Tells apart two sends of one message to one person, such as two corrections. */
  round: z.number().int().optional(),
  /** Facts of this one message that the task does not keep. */
  note: z.record(z.string(), z.string()).optional(),
  messageId: z.string().optional(),
  /** What SES reported last: delivered, delayed, bounced, complained. */
  reported: reports.optional(),
});
export type EmailEntry = z.infer<typeof emailEntry>;

const eventEntry = z.object({
  ...delivery,
  type: z.literal('event'),
  detailType: z.string(),
  /** The reason that the event itself tells. */
  about: z.string().optional(),
});
export type EventEntry = z.infer<typeof eventEntry>;

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
  reason: z.string().optional(),
  reported: reports.optional(),
  /** How many emails the line stands for. */
  emails: z.number().int().positive(),
});
export type SettledEmail = z.infer<typeof settledEmail>;

export const outboxEntry = z.discriminatedUnion('type', [emailEntry, eventEntry]);
export type OutboxEntry = z.infer<typeof outboxEntry>;
