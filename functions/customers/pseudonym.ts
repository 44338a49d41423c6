import type { Keyed } from './identity.ts';

const CHARACTERS = 16;

interface Numbered {
  readonly storeId: string;
  readonly customerNumber: string;
}

/** Stands for a customer where nobody may know who it is. It is kept on their card, and nowhere beside their name. */
export const customerPseudonym = (keyed: Keyed, { storeId, customerNumber }: Numbered): string =>
  keyed(['pseudonym', `${storeId}/${customerNumber}`]).slice(0, CHARACTERS);

/** Stands for a number of the dealer's in the same places. No id of a store has a colon. */
export const numberPseudonym = (keyed: Keyed, what: string, number: string): string =>
  keyed(['pseudonym', `${what}:${number}`]).slice(0, CHARACTERS);
