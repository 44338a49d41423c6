import { isEmail } from '../../functions/handoff/outbox.ts';
import type { EmailEntry, OutboxEntry } from '../../functions/handoff/outbox-entry.ts';

/** The emails of an outbox, whatever kind of handoff owes them: TypeScript narrows no entries of a union of outboxes. */
export const emailsIn = ({ outbox }: { readonly outbox: readonly OutboxEntry[] }): readonly EmailEntry[] =>
  outbox.filter(isEmail);
