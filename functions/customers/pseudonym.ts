import type { Keyed } from './identity.ts';

const CHARACTERS = 16;

interface Numbered {
  readonly storeId: string;
  readonly customerNumber: string;
}

/**
 * Replaces the customer's identity where it must stay unknown. It is stored on their card, and nowhere else next to their name.
 */
export const customerPseudonym = (keyed: Keyed, { storeId, customerNumber }: Numbered): string =>
  keyed(['pseudonym', `${storeId}/${customerNumber}`]).slice(0, CHARACTERS);

/** Replaces one of the dealer's numbers in the same places. A store id never has a colon. */
export const numberPseudonym = (keyed: Keyed, what: string, number: string): string =>
  keyed(['pseudonym', `${what}:${number}`]).slice(0, CHARACTERS);
