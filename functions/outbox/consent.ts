import { type AddressRecord, mayWrite } from '../customers/opt-outs.ts';
import { mayWriteToCustomer } from '../group/group.ts';
import type { Context } from '../handoff/context.ts';
import { isNobodysAddress } from '../handoff/customer-address.ts';
import type { EmailEntry, EntryReason } from '../handoff/outbox-entry.ts';
import { findMessage } from '../handoffs/letters.ts';

/** Why this email must not be sent to the customer; undefined if it may. Checked immediately before sending. */
export function reasonNotToSend(
  entry: Pick<EmailEntry, 'message'>,
  address: string | undefined,
  known: AddressRecord,
  context: Pick<Context, 'store' | 'soldAt' | 'group' | 'roster'>,
): EntryReason | undefined {
  // Facts come without placeholders; staff and tasks of an earlier release may still bring one.
  if (address === undefined || isNobodysAddress(address, context)) return { code: 'no-address' };
  if (known.bouncedAt !== undefined) return { code: 'bounced-before' };
  const kind = findMessage(entry.message)?.optOutKind;
  // A car that one store sold and another services: both must allow it.
  const { store, soldAt } = context;
  const stores = soldAt.id === store.id ? [store] : [store, soldAt];
  if (kind === undefined || !stores.every(({ id }) => mayWrite(known, kind, id)))
    return { code: 'opted-out' };
  const silent = stores.find(({ mode }) => mode !== 'live');
  if (silent) return { code: 'store-mode', mode: silent.mode };
  return stores.every((one) => mayWriteToCustomer(one, address)) ? undefined : { code: 'not-on-allow-list' };
}
