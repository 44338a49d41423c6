import { mayWriteToCustomer, type Store } from '../domain/group.ts';
import type { EmailEntry } from '../domain/outbox-entry.ts';
import type { AddressRecord } from '../domain/ports.ts';
import { BOUNCED_BEFORE, NO_ADDRESS } from '../domain/unsent.ts';
import { findMessage } from '../emails/index.ts';

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
