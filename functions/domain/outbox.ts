import type { EmailEntry, OutboxEntry, Recipient } from './outbox-entry.ts';

/**
 * The life of what an item owes, as pure functions over its outbox. The machine that performs it is functions/outbox.
 */

/** Outlasts the longest timeout of any sending function, so that a lease that ran out has no owner any more. */
export const LEASE_SECONDS = 300;
/** How long an unknown send waits for an event of SES before it counts as having no evidence. */
export const EVIDENCE_MINUTES = 15;
const FIRST_BACKOFF_SECONDS = 30;
const LONGEST_BACKOFF_SECONDS = 15 * 60;
/** Where retrying might help but never did, a person is told after this many attempts (about a day). */
export const ATTEMPTS = 100;

export type SendResult =
  | { readonly result: 'sent'; readonly messageId?: string }
  /** Said no, and saying it again later may help: throttled, quota, paused, out of order. */
  | { readonly result: 'not-accepted'; readonly reason: string }
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

/** Takes everything that is due for one sender. What lost its moment is recorded instead. */
export function lease(
  entries: readonly OutboxEntry[],
  now: string,
  leased: { id: string; until: string },
): OutboxEntry[] {
  return entries.map((entry) => {
    if (!isDue(entry, now)) return entry;
    if (entry.lapsesAt !== undefined && entry.lapsesAt <= now) {
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
  const { lease: _held, notBefore: _waited, ...rest } = entry;
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
        ? { ...rest, state: 'owed', notBefore: backOff(now, entry.attempts, jitter), reason: result.reason }
        : { ...rest, state: 'unknown', unknownSince: now, reason: result.reason };
    case 'not-accepted':
      return entry.attempts >= ATTEMPTS
        ? { ...rest, state: 'given-up', reason: result.reason }
        : { ...rest, state: 'owed', notBefore: backOff(now, entry.attempts, jitter), reason: result.reason };
  }
}

/** Doubling, capped, with jitter between half and the whole of it (`jitter` is 0 to 1). */
export function backOff(now: string, attempts: number, jitter: number): string {
  const seconds = Math.min(FIRST_BACKOFF_SECONDS * 2 ** (attempts - 1), LONGEST_BACKOFF_SECONDS);
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

/** When the outbox next needs somebody to look at it. */
export function nextDue(entries: readonly OutboxEntry[]): string | undefined {
  return earliest(
    entries.map((entry) => {
      if (entry.state === 'owed') return entry.notBefore ?? entry.owedAt;
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

/**
 * What was in somebody's hands while its task ended, and came back unsent, has lost its moment too. An email to the
 * customer of a task that is done may still go: the sale stands, and a person may have chosen to send it again.
 */
export function lapsePast(
  entries: readonly OutboxEntry[],
  ended: { readonly at: string; readonly outcome: string },
  isCancelled: boolean,
): OutboxEntry[] {
  return entries.map((entry) => {
    const mayGo = isToCustomer(entry) && !isCancelled;
    if (!isEmail(entry) || entry.state !== 'owed' || entry.owedAt >= ended.at || mayGo) return entry;
    return { ...entry, state: 'lapsed', reason: `the task ended: ${ended.outcome}` };
  });
}
