import type { Card } from '../customers/card.ts';
import type { ContactBook, CustomerCards } from '../customers/ports.ts';
import { type Described, isSamePerson } from '../customers/same-person.ts';
import { type IsTheirs, isOwner, type Owner } from '../history/car-owners.ts';
import { cardsNamed } from './cards-named.ts';
import { numbersAmong } from './numbers-among.ts';

interface KnowingServices {
  readonly contacts: ContactBook;
  readonly customers: CustomerCards;
}

/** An owner as described by a fact, whose card may not have been written yet. */
export interface DescribedOwner {
  readonly owner: Owner;
  readonly as: Described;
}

/**
 * Which owners of a car are the same customer: under numbers that the dealer system merged, or at another store, whose dealer
 * system has numbers of its own. Usually nothing is read, because a car has one owner.
 */
export async function sameOwners(
  services: KnowingServices,
  owners: readonly Owner[],
  one: Owner,
  described: readonly DescribedOwner[] = [],
): Promise<IsTheirs> {
  const numbers = await numbersAmong(services, owners, one);
  const elsewhere = distinct(owners.filter(({ storeId }) => storeId !== one.storeId));
  const them = elsewhere.length === 0 ? undefined : await describe(services, one, described);
  const same: Owner[] = [];
  for (const other of them ? elsewhere : []) {
    const as = await describe(services, other, described);
    if (them && as && isSamePerson(them, as)) same.push(other);
  }
  return (owner) =>
    (owner.storeId === one.storeId && numbers.includes(owner.customerNumber)) ||
    same.some((other) => isOwner(other, owner));
}

const distinct = (owners: readonly Owner[]): Owner[] =>
  owners.filter((owner, at) => owners.findIndex((other) => isOwner(other, owner)) === at);

async function describe(
  { customers }: KnowingServices,
  owner: Owner,
  described: readonly DescribedOwner[],
): Promise<Described | undefined> {
  const known = described.find((one) => isOwner(one.owner, owner));
  if (known) return known.as;
  const { storeId, customerNumber } = owner;
  const [card] = await cardsNamed(customers, { by: 'number', storeId, customerNumber });
  return card && describedBy(card);
}

const describedBy = ({ name, email, phone }: Card): Described => ({
  ...name?.value,
  email: email?.value,
  phone: phone?.value,
});
