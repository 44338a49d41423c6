import * as z from 'zod';
import { contactDetails } from '../customers/number-record.ts';
import { plusDays } from '../group/business-time.ts';
import { hash } from '../group/hash.ts';
import { isEmail, lapse, nextDue, requeue, reschedule } from '../handoff/outbox.ts';
import { anyOutboxEntry, type EmailEntry, type OutboxEntry } from '../handoff/outbox-entry.ts';
import { link } from '../links/link.ts';

/** The only message of a letter. */
export const NEW_ADVISOR = 'your-new-advisor';

/**
 * The letter to one customer of an advisor who left. It is an item of its own whose key names both, so it is written
 * only once. What it states about the customer comes from their card on the day of writing.
 */
export const letter = z.object({
  kind: z.literal('leaver-letter'),
  schema: z.literal(1),
  letterId: z.string(),
  /** Incremented with each write; 0 means not yet written. */
  version: z.number().int(),
  storeId: z.string(),
  customerNumber: z.string(),
  campaignId: z.string(),
  /** The employee numbers of the advisor who left and of the one who takes over. */
  leaver: z.string(),
  to: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  customer: z.object({ customerNumber: z.string(), ...contactDetails }),
  vehicle: z
    .object({ year: z.number().optional(), make: z.string().optional(), model: z.string().optional() })
    .optional(),
  outbox: z.array(anyOutboxEntry),
  entriesMade: z.number().int(),
  links: z.array(link),
});
export type Letter = z.infer<typeof letter>;

/** Made of the campaign's id and a hash of the customer. */
export const letterIdOf = (campaignId: string, customerNumber: string): string =>
  `${campaignId}${hash([campaignId, customerNumber]).slice(0, 16)}`;

/** A customer who is still in contact with us after this gets no letter. */
const WAITS_DAYS = 14;

export type ToWrite = Pick<
  Letter,
  'storeId' | 'customerNumber' | 'campaignId' | 'leaver' | 'to' | 'customer' | 'vehicle'
>;

export function newLetter(of: ToWrite, now: string): Letter {
  const entry: EmailEntry = {
    type: 'email',
    id: 'e1',
    message: NEW_ADVISOR,
    to: 'customer',
    state: 'owed',
    owedAt: now,
    lapsesAt: plusDays(now, WAITS_DAYS),
    attempts: 0,
  };
  return {
    kind: 'leaver-letter',
    schema: 1,
    letterId: letterIdOf(of.campaignId, of.customerNumber),
    version: 0,
    ...of,
    createdAt: now,
    updatedAt: now,
    outbox: [entry],
    entriesMade: 1,
    links: [],
  };
}

export const letterDueAt = ({ outbox }: Letter): string | undefined => nextDue(outbox);

function withEntries(of: Letter, now: string, change: (entry: OutboxEntry) => OutboxEntry): Letter {
  const outbox = of.outbox.map(change);
  return outbox.every((entry, at) => entry === of.outbox[at]) ? of : { ...of, updatedAt: now, outbox };
}

const STOPPED = { code: 'letters-stopped' } as const;

/** The letter after the campaign was stopped: it is not sent any more. */
export const withdrawn = (of: Letter, now: string): Letter =>
  withEntries(of, now, (entry) => (entry.state === 'owed' ? lapse(entry, STOPPED) : entry));

const wasStopped = ({ state, reason }: OutboxEntry): boolean =>
  state === 'lapsed' && reason?.code === STOPPED.code;

/** The letter after the campaign was started again: if it was not sent yet, it names the advisor who takes over now. */
export function writtenAgain(of: Letter, to: string, now: string): Letter {
  const next = withEntries(of, now, (entry) =>
    wasStopped(entry) && isEmail(entry)
      ? { ...requeue(entry), owedAt: now, notBefore: undefined, lapsesAt: plusDays(now, WAITS_DAYS) }
      : entry,
  );
  const isWaiting = next.outbox.some(({ state }) => state === 'owed');
  return isWaiting && (next !== of || of.to !== to) ? { ...next, updatedAt: now, to } : of;
}

/** Postpones the letter. A customer who stays in contact with us for too long gets none. */
export const postponed = (of: Letter, until: string, now: string): Letter =>
  withEntries(of, now, (entry) => {
    if (entry.state !== 'owed') return entry;
    const isTooLate = entry.lapsesAt !== undefined && entry.lapsesAt <= until;
    return isTooLate ? lapse(entry, { code: 'too-late' }) : reschedule(entry, until);
  });
