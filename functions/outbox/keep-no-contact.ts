import type { Customer } from '../contracts/fields.ts';
import type { MayContact } from '../contracts/may-contact.ts';
import { type Reached, reachedBy } from '../customers/contact-places.ts';
import { refusedAt, refusedIn, withNoContact } from '../customers/no-contact.ts';
import type { AddressBook } from '../customers/ports.ts';

interface Keeping {
  readonly addresses: AddressBook;
}

/** The source of a "no" that a dealer system sent within a fact about something else. */
const DMS = 'dms';

/** Stores what a fact says about contacting its customer. Called before the fact is acted on, so that its own letter obeys. */
export async function keepNoContact(
  services: Keeping,
  { storeId, customer, occurredAt }: { storeId: string; customer: Customer; occurredAt: string },
): Promise<void> {
  const said = { mayContact: customer.mayContact, at: occurredAt, saidBy: DMS };
  await keepPreferences(services, reachedBy(storeId, customer), said);
}

interface Said {
  readonly mayContact: MayContact | undefined;
  readonly at: string;
  readonly saidBy: string;
}

/**
 * Stores each "no" under every key that it applies to; a "yes" stores nothing and removes nothing. Returns the number of keys.
 */
export async function keepPreferences(
  { addresses }: Keeping,
  reached: Reached,
  { mayContact, at, saidBy }: Said,
): Promise<number> {
  const closed = refusedAt(reached, refusedIn(mayContact));
  for (const [place, channels] of closed) {
    await addresses.change(place, (known) => withNoContact(known, { channels, at, saidBy }));
  }
  return closed.length;
}
