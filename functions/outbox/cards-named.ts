import { lookUpOf, type NamedBy } from '../customers/appointments.ts';
import type { Card } from '../customers/card.ts';
import type { CustomerCards } from '../customers/ports.ts';

/** More merges than a dealer makes for one customer; a longer chain is cut. */
const MOST_MERGES = 20;

/** The last number of a chain of merges, which is the customer's current one. */
export async function survivorOf(customers: CustomerCards, storeId: string, first: string): Promise<string> {
  let number = first;
  for (let merges = 0; merges < MOST_MERGES; merges += 1) {
    const next = (await customers.read(storeId, number))?.mergedInto;
    if (next === undefined) return number;
    number = next;
  }
  return number;
}

/** The cards of every customer who has this number, address or phone number. */
export async function cardsNamed(customers: CustomerCards, named: NamedBy): Promise<readonly Card[]> {
  if (named.by !== 'number') {
    const lookUp = lookUpOf(named);
    return lookUp ? customers.find(lookUp) : [];
  }
  const { storeId, customerNumber } = named;
  const card = await customers.read(storeId, await survivorOf(customers, storeId, customerNumber));
  return card ? [card] : [];
}
