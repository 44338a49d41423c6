import { mayWriteToCustomer, type Store } from '../group/group.ts';
import { BOUNCED_BEFORE, NO_ADDRESS } from '../handoff/delivery-questions.ts';
import type { EmailEntry } from '../handoff/outbox-entry.ts';
import type { AddressRecord } from '../handoff/ports.ts';
import { findMessage } from '../handoffs/letters.ts';

export type { AddressRecord };

/** Why this email may not be written to the customer now, or nothing. Asked at the moment of sending. */
export function mayNotWrite(
  entry: EmailEntry,
  address: string | undefined,
  known: AddressRecord,
  store: Store,
): string | undefined {
  if (address === undefined) return NO_ADDRESS;
  if (known.bouncedAt !== undefined) return BOUNCED_BEFORE;
  const kind = findMessage(entry.message)?.optOutKind;
  const optedOut = known.optOuts.some(
    (no) => (no.kind === kind || no.kind === 'all') && (no.storeId === store.id || no.storeId === 'group'),
  );
  if (optedOut) return 'the customer opted out of this kind of email';
  if (store.mode !== 'live') return `the store is in ${store.mode} mode: written here instead of sent`;
  return mayWriteToCustomer(store, address) ? undefined : "the address is not on the store's allow-list";
}
