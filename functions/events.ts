import type { Contract } from './contracts/contract.ts';
import { type NumberOf, namedFact } from './contracts/named-fact.ts';
import { nearest } from './contracts/nearest.ts';
import { inOurWords, type Thing } from './contracts/other-words.ts';
import { functionNames, lambdas } from './lambdas.ts';

const handled: readonly Contract[] = functionNames.flatMap((name) =>
  Object.values<Contract>(lambdas[name].handles),
);

/**
 * What a DMS may send: every event that some function handles, each with a rule of its own. Any other detail type is
 * refused and kept.
 */
export const incomingEvents = handled.filter(({ sentBy }) => sentBy !== 'this software');

/** Events that this software sends itself over the bus, accepted from its own source only. */
export const internalEvents = handled.filter(({ sentBy }) => sentBy === 'this software');

/** `closed` and `voided` are four letters apart and opposites: only a typing error may be read as one of our words. */
const MOST_MISTAKES = 2;

/** The detail type that an unknown one was most likely meant to be; undefined if a guess would not be honest. */
export function suggestDetailType(text: string, detail?: unknown): string | undefined {
  const known = incomingEvents.map(({ detailType }) => detailType);
  const number = namedFact(detail).number?.of;
  const meant = inOurWords(text, number && numbered[number]);
  return nearest(text, known, MOST_MISTAKES) ?? known.find((detailType) => detailType === meant);
}

const numbered: Readonly<Partial<Record<NumberOf, Thing>>> = {
  deal: 'deal',
  RO: 'order',
  appointment: 'appointment',
};
