import { type AddressRecord, mayWrite } from '../customers/opt-outs.ts';
import { mayWriteToCustomer, type Store } from '../group/group.ts';
import type { EmailEntry, EntryReason } from '../handoff/outbox-entry.ts';
import { findMessage } from '../handoffs/letters.ts';

/** Why this email must not be sent to the customer; undefined if it may. Checked immediately before sending. */
export function reasonNotToSend(
  entry: Pick<EmailEntry, 'message'>,
  address: string | undefined,
  known: AddressRecord,
  store: Store,
): EntryReason | undefined {
  if (address === undefined) return { code: 'no-address' };
  if (known.bouncedAt !== undefined) return { code: 'bounced-before' };
  const kind = findMessage(entry.message)?.optOutKind;
  if (kind === undefined || !mayWrite(known, kind, store.id)) return { code: 'opted-out' };
  if (store.mode !== 'live') return { code: 'store-mode', mode: store.mode };
  return mayWriteToCustomer(store, address) ? undefined : { code: 'not-on-allow-list' };
}
