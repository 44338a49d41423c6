import type { Card } from './card.ts';
import { emailLookUp, type Keyed, type LookUp, phoneLookUp } from './identity.ts';
import { isSamePerson } from './same-person.ts';
import { isStandIn, standInFor } from './without-placeholders.ts';

/** A person at a desk in Sales, as typed there or in another system. */
export interface Shopper {
  readonly customerNumber?: string | undefined;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly companyName?: string | undefined;
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
}

/** The look-ups for a shopper, the more reliable first. */
export const lookUpsOfShopper = ({ phone, email }: Shopper): LookUp[] =>
  [
    phone === undefined ? undefined : phoneLookUp(phone),
    email === undefined ? undefined : emailLookUp(email),
  ].filter((lookUp) => lookUp !== undefined);

/** The store's only customer that a look-up finds, if the names match: a household shares one phone number. */
export function cardOfShopper(
  cards: readonly Card[],
  { storeId, shopper }: { readonly storeId: string; readonly shopper: Shopper },
): Card | undefined {
  const { firstName, lastName, companyName } = shopper;
  const theirs = cards.filter(
    (one) =>
      one.storeId === storeId &&
      one.name !== undefined &&
      isSamePerson(one.name.value, { firstName, lastName, companyName }),
  );
  return theirs.length === 1 ? theirs[0] : undefined;
}

export const isNumbered = ({ customerNumber }: Shopper): boolean =>
  customerNumber !== undefined && !isStandIn(customerNumber);

/**
 * Stand-ins for a missing customer number and an unknown VIN. The same phone always gives the same ones, and they are made with
 * the group's key, so that nobody can find a phone number by trying them all.
 */
export function standInsOf(shopper: Shopper, storeId: string, keyed: Keyed): { number: string; vin: string } {
  const [lookUp = ['phone', shopper.phone ?? shopper.email ?? ''] as const] = lookUpsOfShopper(shopper);
  return standInFor([storeId, keyed(lookUp)]);
}
