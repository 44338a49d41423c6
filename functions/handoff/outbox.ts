import {
  type EmailEntry,
  type EntryReason,
  isStaff,
  type OutboxEntry,
  type Recipient,
} from './outbox-entry.ts';

/**
 * The lifecycle of outbox entries, as pure functions over an item's outbox. functions/outbox performs the sends.
 */

/** Longer than the timeout of every sending function, so the holder of an expired lease has stopped. */
export const LEASE_SECONDS = 300;
/**
 * How long an unknown send waits for an SES event before it counts as having no evidence. SES reports within seconds;
 * the next sweep runs within a quarter of an hour.
 */
export const EVIDENCE_MINUTES = 9;
const FIRST_BACKOFF_SECONDS = 30;
/** Shorter than the time between two sweeps, so that an email refused in one sweep is retried in the next. */
const LONGEST_BACKOFF_SECONDS = 4 * 60;
/**
 * For an email that SES refuses because of its recipient (the sandbox): at the longest backoff about five tries a day,
 * so that a pilot with unverified recipients does not call SES 288 times a day for each of them.
 */
const LONGEST_RECIPIENT_BACKOFF_SECONDS = 4 * 60 * 60;
/** Retries stop after this many days, and a person gets an email. No known SES outage lasted as long. */
const GIVE_UP_DAYS = 3;

export type SendResult =
  | { readonly result: 'sent'; readonly messageId?: string }
  /** Retryable failure: throttled, over the quota, paused, unavailable. */
  | {
      readonly result: 'not-accepted';
      readonly reason: EntryReason;
      /** Throttled: worth another try a second later. */
      readonly tooFast?: true;
      /**
       * - sender: SES accepts no email from our address until somebody verifies it; the email stays queued until then.
       * - recipient: only this email is refused (an unverified recipient in the sandbox); others can be sent.
       */
      readonly because?: 'sender' | 'recipient';
    }
  /** Permanent failure. */
  | { readonly result: 'refused'; readonly reason: EntryReason }
  /** Outcome unknown: it may have been accepted. */
  | { readonly result: 'unknown'; readonly reason: EntryReason }
  /** Not attempted: the customer opted out, the store does not write to customers, or there is no recipient. */
  | { readonly result: 'withheld'; readonly reason: EntryReason };

export const isEmail = (entry: OutboxEntry): entry is EmailEntry => entry.type === 'email';
export const isToCustomer = (entry: OutboxEntry): entry is EmailEntry =>
  isEmail(entry) && entry.to === 'customer';

/** Asks staff about an email to the customer that did not arrive, or may not have been sent. */
export const QUESTION = 'customer-email-problem';
export const isQuestion = ({ message, note }: EmailEntry): boolean =>
  message === QUESTION && note?.code === 'problem';

export const sameRecipient = (a: Recipient, b: Recipient) =>
  isStaff(a) && isStaff(b) ? a.staff === b.staff : a === b;

/** Queued, and not scheduled for later. */
const isDue = (entry: OutboxEntry, now: string) =>
  entry.state === 'owed' && (entry.notBefore === undefined || entry.notBefore <= now);

/** Whether it can be sent now. While SES accepts no email, only events are sent, and emails that are too late lapse. */
export const isSendable = (entry: OutboxEntry, now: string, emailsLeave: boolean) =>
  isDue(entry, now) && (emailsLeave || !isEmail(entry) || hasLapsed(entry, now));

const hasLapsed = ({ lapsesAt }: OutboxEntry, now: string) => lapsesAt !== undefined && lapsesAt <= now;

/** Leases everything that can be sent now to one sender. Entries that are too late lapse. */
export function lease(
  entries: readonly OutboxEntry[],
  now: string,
  { emailsLeave, ...leased }: { id: string; until: string; emailsLeave: boolean },
): OutboxEntry[] {
  return entries.map((entry) => {
    if (!isSendable(entry, now, emailsLeave)) return entry;
    if (hasLapsed(entry, now)) {
      return { ...entry, state: 'lapsed', reason: { code: 'too-late' } };
    }
    return { ...entry, state: 'sending', attempts: entry.attempts + 1, lease: leased };
  });
}

/** Records the results of the sender that holds the lease. Entries leased to another sender since are left alone. */
export function record(
  entries: readonly OutboxEntry[],
  leaseId: string,
  results: ReadonlyMap<string, SendResult>,
  now: string,
  jitter: number,
): OutboxEntry[] {
  return entries.map((entry) => {
    const result = results.get(entry.id);
    if (result === undefined || entry.lease?.id !== leaseId || entry.state !== 'sending') return entry;
    return after(entry, result, now, jitter);
  });
}

function after(entry: OutboxEntry, result: SendResult, now: string, jitter: number): OutboxEntry {
  const {
    lease: _held,
    notBefore: _waited,
    dueSince: _due,
    refusedSince: _refused,
    reason: _before,
    ...settled
  } = entry;
  switch (result.result) {
    case 'sent':
      return {
        ...settled,
        state: 'sent',
        sentAt: now,
        ...(settled.type === 'email' && result.messageId !== undefined
          ? { messageId: result.messageId }
          : {}),
      };
    case 'withheld':
      return { ...settled, state: 'withheld', reason: result.reason };
    case 'refused':
      return { ...settled, state: 'given-up', reason: result.reason };
    case 'unknown':
      // A duplicate event is harmless, because its key identifies it; a duplicate email is not.
      return entry.type === 'event'
        ? retryLater(entry, result, now, jitter)
        : { ...settled, state: 'unknown', unknownSince: now, reason: result.reason };
    case 'not-accepted':
      return result.because !== 'sender' && later(triedSince(entry), GIVE_UP_DAYS * 24 * 60 * 60) <= now
        ? {
            ...settled,
            state: 'given-up',
            reason: { code: 'not-accepted-for-days', days: GIVE_UP_DAYS, error: nameOf(result.reason) },
          }
        : retryLater(entry, result, now, jitter);
  }
}

const nameOf = (reason: EntryReason): string => ('error' in reason ? reason.error : reason.code);

/** Schedules the next try. The entry keeps its place in the queue, ahead of newer entries. */
function retryLater(
  entry: OutboxEntry,
  { reason, because }: { readonly reason: EntryReason; readonly because?: 'sender' | 'recipient' },
  now: string,
  jitter: number,
): OutboxEntry {
  const { lease: _held, dueSince: _due, refusedSince: _refused, ...released } = entry;
  const since = triedSince(entry);
  if (because === 'recipient') {
    const notBefore = backOff(now, entry.attempts, jitter, LONGEST_RECIPIENT_BACKOFF_SECONDS);
    return { ...released, state: 'owed', refusedSince: since, notBefore, reason };
  }
  const notBefore = backOff(now, entry.attempts, jitter);
  return { ...released, state: 'owed', dueSince: since, notBefore, reason };
}

const dueSinceOf = ({ dueSince, notBefore, owedAt }: OutboxEntry) => dueSince ?? notBefore ?? owedAt;
const triedSince = (entry: OutboxEntry) => entry.refusedSince ?? dueSinceOf(entry);

/** Exponential, capped, with jitter between half and all of the delay (`jitter` is 0 to 1). */
function backOff(
  now: string,
  attempts: number,
  jitter: number,
  longest: number = LONGEST_BACKOFF_SECONDS,
): string {
  const seconds = Math.min(FIRST_BACKOFF_SECONDS * 2 ** (attempts - 1), longest);
  return later(now, seconds * (0.5 + jitter / 2));
}

/**
 * Applies timeouts. A send whose lease expired is unknown, never unsent. An unknown send without evidence is sent again
 * to staff; for a customer it becomes a question to a staff member (state `asked`).
 */
export function expire(entries: readonly OutboxEntry[], now: string): OutboxEntry[] {
  return entries.map((entry) => {
    if (entry.state === 'sending' && entry.lease !== undefined && entry.lease.until <= now) {
      return after(entry, { result: 'unknown', reason: { code: 'sender-stopped' } }, now, 0);
    }
    if (entry.state === 'unknown' && evidenceDue(entry) <= now) {
      const { unknownSince: _since, ...known } = entry;
      return isToCustomer(entry) ? { ...known, state: 'asked' } : { ...known, state: 'owed' };
    }
    return entry;
  });
}

const evidenceDue = (entry: OutboxEntry) => later(entry.unknownSince ?? entry.owedAt, EVIDENCE_MINUTES * 60);

/**
 * When the outbox next has work. A refused entry keeps its place among all items, so that after an outage the oldest is
 * sent first; a sweep that runs before its next try leaves it in place.
 */
export function nextDue(entries: readonly OutboxEntry[]): string | undefined {
  return earliest(
    entries.map((entry) => {
      if (entry.state === 'owed') return dueSinceOf(entry);
      if (entry.state === 'sending') return entry.lease?.until;
      if (entry.state === 'unknown') return evidenceDue(entry);
      return undefined;
    }),
  );
}

export function earliest(instants: readonly (string | undefined)[]): string | undefined {
  return instants.reduce(
    (first, at) => (at !== undefined && (first === undefined || at < first) ? at : first),
    undefined,
  );
}

export function later(at: string, seconds: number): string {
  return new Date(Date.parse(at) + Math.round(seconds * 1000)).toISOString();
}

export const lapse = <Entry extends OutboxEntry>(entry: Entry, reason: EntryReason): Entry => ({
  ...entry,
  state: 'lapsed',
  reason,
});

/** Lapses the queued emails of a task that has ended, except those that are still useful. */
export const lapseQueued = <Entry extends OutboxEntry>(
  entries: readonly Entry[],
  reason: EntryReason,
  isStillOfUse: (entry: EmailEntry) => boolean,
): Entry[] =>
  entries.map((entry) =>
    entry.type === 'email' && entry.state === 'owed' && !isStillOfUse(entry) ? lapse(entry, reason) : entry,
  );

/**
 * Reschedules a queued entry; undefined is now. An entry that SES refused before gives up its place in the queue: with it,
 * every sweep until then would find the item due and have nothing to do.
 */
export function reschedule<Entry extends OutboxEntry>(entry: Entry, notBefore: string | undefined): Entry {
  return { ...entry, notBefore, dueSince: undefined };
}

/** Queues a lapsed entry again. */
export function requeue<Entry extends OutboxEntry>(entry: Entry): Entry {
  return { ...entry, state: 'owed', reason: undefined };
}
