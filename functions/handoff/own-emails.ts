import type { EmailEntry, OutboxEntry } from './outbox-entry.ts';

/** The outbox of an item that is not a handoff. It holds only emails, and no log of them. */
export interface EmailOwner {
  readonly updatedAt: string;
  readonly outbox: OutboxEntry[];
  readonly entriesMade: number;
}

/** Enough settled entries for late SES reports. */
const SETTLED_ENTRIES = 10;

export type OwnEmail = Pick<EmailEntry, 'to' | 'message' | 'lapsesAt' | 'notBefore' | 'note'>;

export function queueOwnEmail<Owner extends EmailOwner>(owner: Owner, now: string, email: OwnEmail): Owner {
  const entry: EmailEntry = {
    type: 'email',
    id: `e${owner.entriesMade + 1}`,
    state: 'owed',
    owedAt: now,
    attempts: 0,
    ...email,
  };
  const outbox = [...withoutOldest(owner.outbox), entry];
  return { ...owner, updatedAt: now, entriesMade: owner.entriesMade + 1, outbox };
}

/** However many emails follow, an entry stays until its outcome is known. */
function withoutOldest(outbox: readonly OutboxEntry[]): OutboxEntry[] {
  const settled = outbox.filter(({ state }) => !['owed', 'sending', 'unknown'].includes(state));
  const dropped = new Set(settled.slice(0, -SETTLED_ENTRIES));
  return outbox.filter((entry) => !dropped.has(entry));
}
