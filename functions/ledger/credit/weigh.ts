import { emailLookUp, type LookUp, phoneLookUp } from '../../customers/identity.ts';
import { isStandIn } from '../../customers/without-placeholders.ts';
import { addDays, type LocalDate, localDate, plusDays } from '../../group/business-time.ts';
import type { Weighed } from '../../handoff/credit.ts';
import type { DealId, LaterSale, Unmatched } from '../../handoff/credit-record.ts';

/**
 * Whether a sale follows from a handoff. Both must be about the same customer, by number, address or phone, never by
 * name. The handoff must come before the sale and before Sales' first contact with the customer, and not too long
 * before.
 */

/** A person as one fact names them, with every number that their store's dealer system has for them. */
export interface Party {
  readonly storeId: string;
  readonly numbers: readonly string[];
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

export interface HandedOver {
  readonly at: string;
  readonly customer: Party;
  readonly vin: string | undefined;
  /** It ended with a fact or choice which means that there was nothing to hand over. */
  readonly isVoid: boolean;
}

export interface Purchase {
  readonly deal: DealId;
  /** When the deal was first reported: a correction does not make it a later sale. */
  readonly at: string;
  readonly soldOn: LocalDate;
  readonly timeZone: string;
  readonly buyer: Party;
  readonly coBuyerNumber: string | undefined;
  readonly vin: string;
  readonly tradeIns: readonly string[];
  /** By the employee numbers that the handoff's store uses. */
  readonly salespeople: readonly string[];
  /** Sold to a retail customer, and not unwound. */
  readonly holds: boolean;
}

interface Weighing {
  /** The times when Sales contacted the customer, from any source. */
  readonly contacts: readonly string[];
  readonly withinDays: number;
}

export function weigh(handoff: HandedOver, purchase: Purchase, weighing: Weighing): Weighed {
  const { deal, soldOn, salespeople } = purchase;
  const person = personOf(handoff.customer, purchase);
  const why = person ? whyNot(handoff, purchase, weighing) : 'it is another customer';
  if (person === undefined || why !== undefined) return { deal, why: why ?? 'it is another customer' };
  return {
    deal,
    sale: { deal, person, sameCar: carOf(handoff, purchase), soldOn, salespeople: [...salespeople] },
  };
}

function whyNot(
  { at, isVoid }: HandedOver,
  purchase: Purchase,
  { contacts, withinDays }: Weighing,
): Unmatched | undefined {
  if (!purchase.holds) return 'the deal was unwound';
  if (isVoid) return 'the handoff did not take place';
  // Compared by date, because a nightly file reports yesterday's delivery.
  const handedOn = localDate(purchase.timeZone, at);
  if (at >= purchase.at || handedOn > purchase.soldOn) return 'the sale came first';
  if (addDays(handedOn, withinDays) < purchase.soldOn) return 'the handoff was too long before';
  const since = plusDays(purchase.at, -withinDays);
  const isFirst = !contacts.some((contact) => contact >= since && contact < at);
  return isFirst ? undefined : 'Sales was in contact first';
}

function personOf(customer: Party, { buyer, coBuyerNumber }: Purchase): LaterSale['person'] | undefined {
  const isAtStore = customer.storeId === buyer.storeId;
  if (isAtStore && customer.numbers.some((number) => buyer.numbers.includes(number))) return 'customer';
  if (isAtStore && coBuyerNumber !== undefined && customer.numbers.includes(coBuyerNumber)) return 'co-buyer';
  const theirs = contactsOf(buyer).map(String);
  return contactsOf(customer).some((one) => theirs.includes(String(one))) ? 'household' : undefined;
}

function carOf({ vin }: HandedOver, { vin: sold, tradeIns }: Purchase): LaterSale['sameCar'] {
  if (vin === undefined || isStandIn(vin)) return 'neither';
  if (vin === sold) return 'bought';
  return tradeIns.includes(vin) ? 'traded in' : 'neither';
}

function contactsOf({ email, phone }: Party): LookUp[] {
  const number = phone === undefined ? undefined : phoneLookUp(phone);
  return [...(email === undefined ? [] : [emailLookUp(email)]), ...(number ? [number] : [])];
}

/**
 * The keys under which a handoff, a deal and a contact are noted, so that each finds the others. Placeholders are
 * left out.
 */
export const placesOf = (party: Party, coBuyerNumber?: string): LookUp[] => [
  ...[...party.numbers, ...(coBuyerNumber === undefined ? [] : [coBuyerNumber])]
    .filter((number) => !isStandIn(number))
    .map((number) => placeOf(party.storeId, number)),
  ...contactsOf(party),
];

const placeOf = (storeId: string, number: string): LookUp => ['number', `${storeId}/${number}`];

/**
 * Where a handoff is noted as well that found their deal by something else: a correction of the deal finds it there. By a stand-in,
 * too: it stands for the buyer of that deal, and only handoffs that found the deal are noted there.
 */
export const placesOfBuyers = ({ storeId, numbers }: Pick<Party, 'storeId' | 'numbers'>): LookUp[] =>
  numbers.map((number) => placeOf(storeId, number));
