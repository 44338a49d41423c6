import type { Keyed } from '../customers/identity.ts';
import { customerPseudonym, numberPseudonym } from '../customers/pseudonym.ts';
import { isStandIn } from '../customers/without-placeholders.ts';
import { localDate } from '../group/business-time.ts';
import { factIdOf, type LedgerFact, type NamedFact } from './facts.ts';

/**
 * The fact as it is stored: keyed hashes replace the customer, the car, the deal, the order and the handoff. The id
 * is keyed as well, because somebody who knows the numbers could guess a plain hash. A placeholder gets no pseudonym.
 *
 * @param timeZone of the store; undefined if it left the group
 */
export function pseudonymous(fact: NamedFact, keyed: Keyed, timeZone: string | undefined): LedgerFact {
  const { storeId, numbersOf = storeId, kind, tradeIns = [], ...about } = fact.about;
  const ofNumber = (what: string, number: string | undefined): Record<string, string> =>
    number === undefined || isStandIn(number) ? {} : { [what]: numberPseudonym(keyed, what, number) };
  const atStore = (number: string | undefined) => number && `${numbersOf}/${number}`;
  const { customerNumber } = about;
  const isKnown = customerNumber !== undefined && !isStandIn(customerNumber);
  const given = tradeIns.flatMap((vin) => Object.values(ofNumber('car', vin)));
  return {
    v: 1,
    id: numberPseudonym(keyed, 'fact', factIdOf(fact)),
    storeId,
    ...(timeZone === undefined ? {} : { localDate: localDate(timeZone, fact.outcome.at) }),
    ...(kind === undefined ? {} : { kind }),
    ...ofNumber('handoff', about.taskId),
    ...(isKnown ? { customer: customerPseudonym(keyed, { storeId: numbersOf, customerNumber }) } : {}),
    ...ofNumber('car', about.vin),
    ...(given.length === 0 ? {} : { tradeIns: given }),
    ...ofNumber('deal', atStore(about.dealNumber)),
    ...ofNumber('order', atStore(about.roNumber)),
    ...(about.household === undefined ? {} : { household: about.household }),
    ...fact.outcome,
  };
}
