import type { EmailEntry, OutboxEntry, Recipient } from './outbox-entry.ts';

/**
 * The life of what an item owes, as pure functions over its outbox. The machine that performs it is functions/outbox.
 */

/** Outlasts the longest timeout of any sending function, so that a lease that ran out has no owner any more. */
export const LEASE_SECONDS = 300;
/**
 * How long an unknown send waits for an event of SES before it counts as having no evidence. SES tells within seconds;
 * the sweep after this comes within a quarter of an hour.
 */
export const EVIDENCE_MINUTES = 9;
const FIRST_BACKOFF_SECONDS = 30;
/** Shorter than from one sweep to the next: whatever was refused by this one may go with that one. */
const LONGEST_BACKOFF_SECONDS = 4 * 60;
/**
 * For an email that SES refuses because of its recipient (the sandbox): five tries a day once it has settled, so that
 * a pilot with unverified recipients does not ask SES 288 times a day for each of them.
 */
const LONGEST_BACKOFF_OF_ONE_SECONDS = 4 * 60 * 60;
/** Where retrying might help but never did, a person is told after so long: longer than SES is ever out. */
const GIVE_UP_DAYS = 3;
/** The reason of an email that was given up for that, and not for its address. */
export const NOT_ACCEPTED = `not accepted for ${GIVE_UP_DAYS} days`;

export type SendResult =
  | { readonly result: 'sent'; readonly messageId?: string }
  /** Said no, and saying it again later may help: throttled, quota, paused, out of order. */
  | {
      readonly result: 'not-accepted';
      readonly reason: string;
      /** It said no to the speed: the next second may be free. */
      readonly tooFast?: true;
      /**
       * - sender: SES will take no email from our address until somebody verifies it; the email stays owed for as
       *   long as that lasts.
       * - recipient: only this email is refused (an unverified recipient in the sandbox); others may go.
       */
      readonly because?: 'sender' | 'recipient';
    }
  /** Said no for good. */
  | { readonly result: 'refused'; readonly reason: string }
  /** Nobody can say whether it was accepted. */
  | { readonly result: 'unknown'; readonly reason: string }
  /** Never tried: opted out, a store that does not write to customers, nobody to write to. */
  | { readonly result: 'withheld'; readonly reason: string };

export const isEmail = (entry: OutboxEntry): entry is EmailEntry => entry.type === 'email';
export const isToCustomer = (entry: OutboxEntry): entry is EmailEntry =>
  isEmail(entry) && entry.to === 'customer';

export const sameRecipient = (one: Recipient, other: Recipient) =>
  one === 'customer' || other === 'customer' ? one === other : one.staff === other.staff;

/** What can be sent now: owed, and not waiting for its hour. */
export const isDue = (entry: OutboxEntry, now: string) =>
  entry.state === 'owed' && (entry.notBefore === undefined || entry.notBefore <= now);

/** What can be done about it now: while no email can leave, only events go, and what lost its moment is recorded. */
export const canGo = (entry: OutboxEntry, now: string, emailsLeave: boolean) =>
  isDue(entry, now) && (emailsLeave || !isEmail(entry) || hasLapsed(entry, now));

const hasLapsed = ({ lapsesAt }: OutboxEntry, now: string) => lapsesAt !== undefined && lapsesAt <= now;

/** Takes everything that can go now for one sender. What lost its moment is recorded instead. */
export function lease(
  entries: readonly OutboxEntry[],
  now: string,
  { emailsLeave, ...leased }: { id: string; until: string; emailsLeave: boolean },
): OutboxEntry[] {
  return entries.map((entry) => {
    if (!canGo(entry, now, emailsLeave)) return entry;
    if (hasLapsed(entry, now)) {
      return { ...entry, state: 'lapsed', reason: 'lost its moment before it could be sent' };
    }
    return { ...entry, state: 'sending', attempts: entry.attempts + 1, lease: leased };
  });
}

/** What the sender who holds the lease came back with. A lease that somebody else has by now changes nothing. */
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
    ...rest
  } = entry;
  switch (result.result) {
    case 'sent':
      return {
        ...rest,
        state: 'sent',
        sentAt: now,
        ...(rest.type === 'email' && result.messageId !== undefined ? { messageId: result.messageId } : {}),
      };
    case 'withheld':
      return { ...rest, state: 'withheld', reason: result.reason };
    case 'refused':
      return { ...rest, state: 'given-up', reason: result.reason };
    case 'unknown':
      // A bus may hear an event twice, its key tells; an email may not be sent twice.
      return entry.type === 'event'
        ? owedAgain(entry, result, now, jitter)
        : { ...rest, state: 'unknown', unknownSince: now, reason: result.reason };
    case 'not-accepted':
      return result.because !== 'sender' && later(triedSince(entry), GIVE_UP_DAYS * 24 * 60 * 60) <= now
        ? { ...rest, state: 'given-up', reason: `${NOT_ACCEPTED}: ${result.reason}` }
        : owedAgain(entry, result, now, jitter);
  }
}

/** Later, but before everything that came after it: it keeps the place that it had. */
function owedAgain(
  entry: OutboxEntry,
  { reason, because }: { readonly reason: string; readonly because?: 'sender' | 'recipient' },
  now: string,
  jitter: number,
): OutboxEntry {
  const { lease: _held, dueSince: _due, refusedSince: _refused, ...rest } = entry;
  const since = triedSince(entry);
  if (because === 'recipient') {
    const notBefore = backOff(now, entry.attempts, jitter, LONGEST_BACKOFF_OF_ONE_SECONDS);
    return { ...rest, state: 'owed', refusedSince: since, notBefore, reason };
  }
  const notBefore = backOff(now, entry.attempts, jitter);
  return { ...rest, state: 'owed', dueSince: since, notBefore, reason };
}

const dueSinceOf = ({ dueSince, notBefore, owedAt }: OutboxEntry) => dueSince ?? notBefore ?? owedAt;
const triedSince = (entry: OutboxEntry) => entry.refusedSince ?? dueSinceOf(entry);

/** Doubling, capped, with jitter between half and the whole of it (`jitter` is 0 to 1). */
export function backOff(
  now: string,
  attempts: number,
  jitter: number,
  longest: number = LONGEST_BACKOFF_SECONDS,
): string {
  const seconds = Math.min(FIRST_BACKOFF_SECONDS * 2 ** (attempts - 1), longest);
  return later(now, seconds * (0.5 + jitter / 2));
}

/**
 * What time alone may say: a lease that ran out leaves an unknown send, never an unsent one. An unknown send that
 * found no evidence is sent again to staff; for a customer it becomes a question to a person (state `asked`).
 */
export function expire(entries: readonly OutboxEntry[], now: string): OutboxEntry[] {
  return entries.map((entry) => {
    if (entry.state === 'sending' && entry.lease !== undefined && entry.lease.until <= now) {
      return after(entry, { result: 'unknown', reason: 'the sender stopped while sending' }, now, 0);
    }
    if (entry.state === 'unknown' && evidenceDue(entry) <= now) {
      const { unknownSince: _since, ...rest } = entry;
      return isToCustomer(entry) ? { ...rest, state: 'asked' } : { ...rest, state: 'owed' };
    }
    return entry;
  });
}

const evidenceDue = (entry: OutboxEntry) => later(entry.unknownSince ?? entry.owedAt, EVIDENCE_MINUTES * 60);

/**
 * When the outbox next needs somebody to look at it. What was refused stands where it stood in the queue of all that is
 * owed, so that after an outage the oldest leaves first; a sweep that is too early for it leaves it there.
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

/** Nothing of it is sent any more: the task is over, so what it still owed has lost its moment. */
export function lapseOwed(entries: readonly OutboxEntry[], reason: string): OutboxEntry[] {
  return entries.map((entry) =>
    entry.type === 'email' && entry.state === 'owed' ? { ...entry, state: 'lapsed', reason } : entry,
  );
}
