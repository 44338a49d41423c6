import * as z from 'zod';

/** Upgrades the outbox entries of an item of schema 1: their reasons and their notes. */

const storedNote = z.record(z.string(), z.string());
export const storedEntry = z.looseObject({
  type: z.string(),
  id: z.string(),
  state: z.string(),
  reason: z.string().optional(),
  message: z.string().optional(),
  note: storedNote.optional(),
  detailType: z.string().optional(),
  about: z.string().optional(),
  to: z.union([z.string(), z.object({ staff: z.string() })]).optional(),
});
type StoredEntry = z.infer<typeof storedEntry>;

/** `kind` decides which notes the entry can have. */
export function upgradedEntry(entry: StoredEntry, kind: string): object {
  const { note, about, ...entryFields } = entry;
  if (entry.type === 'event') {
    return {
      ...entryFields,
      ...upgradedReason(entry),
      ...(about === undefined ? {} : { about: aboutIn(about, entry) }),
    };
  }
  return { ...entryFields, ...upgradedReason(entry), ...(note ? noteIn(note, kind) : {}) };
}

export const upgradedReason = ({ reason }: { readonly reason?: string | undefined }) =>
  reason === undefined ? {} : { reason: reasonIn(reason) };

const reasons: Readonly<Record<string, object>> = {
  'lost its moment before it could be sent': { code: 'too-late' },
  'the sender stopped while sending': { code: 'sender-stopped' },
  'mail to the address bounced before': { code: 'bounced-before' },
  'the customer has no email address': { code: 'no-address' },
  'the customer opted out of this kind of email': { code: 'opted-out' },
  "the address is not on the store's allow-list": { code: 'not-on-allow-list' },
  'nobody of the roster to write to any more': { code: 'nobody-to-write-to' },
  'nothing is open any more': { code: 'nothing-open' },
  'the task was cancelled': { code: 'task-cancelled' },
  'left, as a person decided': { code: 'left-by-a-person' },
  'taken back before it was sent': { code: 'choice-taken-back' },
  'the visit was booked before that day': { code: 'woken-early' },
  'the person is not here any more': { code: 'person-gone' },
  'somebody else has it now': { code: 'with-somebody-else' },
  'nobody is late to accept any more': { code: 'not-late-any-more', deadline: 'accept' },
  'nobody is late to complete any more': { code: 'not-late-any-more', deadline: 'complete' },
  'SES rejected it': { code: 'rejected-by-ses' },
  'our sender address is not verified': { code: 'sender-not-verified' },
  'the recipient is not verified': { code: 'recipient-not-verified' },
  'not tried: SES took no email before it': { code: 'ses-closed' },
};

/** The reason behind a stored sentence. */
export function reasonIn(text: string): object {
  const known = reasons[text];
  if (known) return known;
  const [, outcome] = /^the task ended: (.*)$/s.exec(text) ?? [];
  if (outcome !== undefined) return { code: 'ended', outcome };
  const [, days, error] = /^not accepted for (\d+) days: (.*)$/s.exec(text) ?? [];
  if (days !== undefined) return { code: 'not-accepted-for-days', days: Number(days), error };
  const [, mode] = /^the store is in ([\w-]+) mode/.exec(text) ?? [];
  if (mode !== undefined) return { code: 'store-mode', mode };
  return { code: 'earlier-release', text };
}

function aboutIn(about: string, { detailType }: StoredEntry): object {
  if (detailType === 'upgrade-conversation-due') return { code: 'asked-by', askedBy: about };
  if (detailType === 'customer-answered') {
    const takenBack = about.startsWith('taken back: ');
    return { code: 'statement', said: takenBack ? about.slice('taken back: '.length) : about, takenBack };
  }
  return { code: 'earlier-release', text: about };
}

function noteIn(note: Readonly<Record<string, string>>, kind: string): object {
  const deadline = note['late'] === 'complete' ? 'complete' : 'accept';
  const { instead, entry, problem, why } = note;
  if (instead !== undefined) return { note: { code: 'unread', deadline, entry: instead, reader: '' } };
  if (problem !== undefined) return { note: { code: 'problem', problem, entry: entry ?? '' } };
  if (note['late'] !== undefined) {
    return { note: { code: why === undefined ? 'late' : 'mailbox-bounced', deadline } };
  }
  if (why !== undefined) return { note: { code: 'earlier-release', text: why } };
  const own = ownOf(note, kind);
  return own ? { own } : {};
}

function ownOf(note: Readonly<Record<string, string>>, kind: string): object | undefined {
  const { wasCents, isCents, change, moved, reason } = note;
  if (moved !== undefined) return { code: 'visit-moved' };
  if (kind === 'first-service-visit' && reason !== undefined) return { code: 'visit-cancelled', how: reason };
  if (wasCents !== undefined) return { code: 'amount-changed', ...cents({ wasCents, isCents }) };
  if (change === undefined) return undefined;
  return kind === 'repair-options'
    ? { code: 'sheet-changed', part: sheetParts[change] ?? 'work' }
    : { code: 'nudge-changed', part: nudgeParts[change] ?? 'work' };
}

const cents = (texts: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) => (text ? [[name, Number(text)] as const] : [])),
  );

const sheetParts: Readonly<Record<string, string>> = {
  'the work that is quoted, or the answer to it.': 'work',
  'when the car is promised, or where the customer is.': 'promise',
  'what is known of the car.': 'car',
  'what speaks for and against another car.': 'reasons',
};
const nudgeParts: Readonly<Record<string, string>> = {
  'What speaks for a conversation changed.': 'reasons',
  'The work that is quoted, or what was declined of it, changed.': 'work',
  'The car is promised for another time.': 'promise',
  'The customer chose to have the car repaired. Please note how your conversation ended.': 'repair-chosen',
};
