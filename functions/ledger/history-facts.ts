import { type FactVersion, versionOf } from '../contracts/fact-version.ts';
import type { RepairOrderVoided } from '../contracts/repair-order-voided.ts';
import type { Sale } from '../history/sales.ts';
import type { Visit } from '../history/visits.ts';
import type { NamedFact } from './facts.ts';

/** Facts that come from the dealer system, by its numbers: the same from the bus and from a file of past years. */

/** Each version of a fact is stored as a fact of its own; the latest by `at` counts. */
const keyOf = (version: FactVersion): string => `${version.occurredAt}/${versionOf(version).revision ?? ''}`;

/** @param by the advisor who wrote the order, if known */
export function visitFact(visit: Visit, by?: string): NamedFact {
  const { storeId, roNumber, customerNumber, vin, closedOn, occurredAt: at } = visit;
  return {
    about: { storeId, roNumber, customerNumber, vin },
    outcome: {
      what: 'visited',
      at,
      on: closedOn,
      paidBy: paidBy(visit),
      ...(by === undefined ? {} : { by }),
    },
    key: keyOf(visit),
  };
}

function paidBy({ customerPayCents, warrantyCents, internalCents }: Visit): string {
  if (customerPayCents > 0) return 'customer';
  if (warrantyCents > 0) return 'warranty';
  return internalCents > 0 ? 'dealer' : 'nobody';
}

type Voided = Pick<RepairOrderVoided, 'storeId' | 'roNumber'> & FactVersion;

export const voidedFact = (voided: Voided): NamedFact => ({
  about: { storeId: voided.storeId, roNumber: voided.roNumber },
  outcome: { what: 'voided', at: voided.occurredAt },
  key: keyOf(voided),
});

export function saleFact(sale: Sale): NamedFact {
  const { storeId, dealNumber, customerNumber, vin, tradeIns, dealType, salespeople, soldOn: on } = sale;
  return {
    about: { storeId, dealNumber, customerNumber, vin, tradeIns },
    outcome: { what: 'sold', at: sale.occurredAt, dealType, on, salespeople },
    key: keyOf(sale),
  };
}

/**
 * Belongs to one version of the sale: if the sale is corrected to another customer, it counts for that customer's
 * household instead.
 */
export const householdBoughtFact = (sale: Sale, household: string): NamedFact => ({
  about: { storeId: sale.storeId, dealNumber: sale.dealNumber, household },
  outcome: { what: 'household bought', at: sale.occurredAt },
  key: `${keyOf(sale)}/${household}`,
});

type Deal = Pick<Sale, 'storeId' | 'dealNumber' | 'customerNumber' | 'vin'>;

export const unwoundFact = (
  { storeId, dealNumber, customerNumber, vin }: Deal,
  by: FactVersion,
): NamedFact => ({
  about: { storeId, dealNumber, customerNumber, vin },
  outcome: { what: 'unwound', at: by.occurredAt },
  key: keyOf(by),
});
