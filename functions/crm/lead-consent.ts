import type { Customer } from '../contracts/fields.ts';
import type { KnownContact } from '../customers/known-contact.ts';
import { mayBeTalkedTo, mayContact, wantsNoUpgrades } from '../customers/may-contact.ts';
import type { Store } from '../group/group.ts';

/**
 * What a CRM may know about contacting a customer. CRMs text and email a new lead by themselves, so a customer who
 * wants no emails about another car is reported as wanting no email at all, even if they said in person that they are
 * open to looking.
 */
export const asCrmKnows = (known: KnownContact, storeId: string): KnownContact =>
  wantsNoUpgrades(known, storeId) ? { ...known, refused: [...known.refused, 'email'] } : known;

type Reachable = Partial<Pick<Customer, 'phone' | 'email' | 'mayContact'>>;

type NotSent =
  | { readonly code: 'nobody-to-write-to' | 'opted-out' | 'no-address' }
  | { readonly code: 'store-mode'; readonly mode: Store['mode'] };

/**
 * Why this lead must not be sent; undefined if it may. Checked immediately before sending, with the customer's
 * current preferences.
 */
export function reasonNotToSendLead(
  { crm, mode }: Pick<Store, 'crm' | 'mode'>,
  customer: Reachable,
): NotSent | undefined {
  if (crm === undefined) return { code: 'nobody-to-write-to' };
  // The CRM would write to a customer of a store that must not write to anybody yet.
  if (mode !== 'live') return { code: 'store-mode', mode };
  if (!mayBeTalkedTo(customer)) return { code: 'opted-out' };
  if (customer.phone === undefined && customer.email === undefined) return { code: 'no-address' };
  return isReachable(customer) ? undefined : { code: 'opted-out' };
}

const isReachable = (customer: Reachable): boolean =>
  (customer.email !== undefined && mayContact(customer, 'email')) ||
  (customer.phone !== undefined && (mayContact(customer, 'phone') || mayContact(customer, 'text')));
