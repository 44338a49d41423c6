import type { Contract } from '../contracts/contract.ts';
import { namedFact } from '../contracts/named-fact.ts';
import { hash } from './hash.ts';

/** What an event says it is a version of. */
export interface VersionOfFact {
  /** The same for every version of one fact, good or refused. */
  readonly key: string;
  readonly occurredAt: string | undefined;
}

/** Undefined where the event does not say which fact it is. */
export function versionOfFact(
  { detailType, sameFactAs = detailType }: Pick<Contract, 'detailType' | 'sameFactAs'>,
  detail: unknown,
): VersionOfFact | undefined {
  const { storeId, number, occurredAt } = namedFact(detail);
  if (storeId === undefined || number === undefined) return undefined;
  return { key: hash([sameFactAs, storeId, number.of, number.is]), occurredAt };
}

interface Sent {
  readonly occurredAt?: string | undefined;
  /** The envelope's `time`. */
  readonly time?: string | undefined;
}

/**
 * Whether a good version makes up for a refused one. An earlier version, or a late copy of what was sent before the
 * refusal, leaves it where it is: what its sender wanted to change is still unknown.
 */
export function makesUpFor(good: Sent, refused: Sent): boolean {
  return isAtLeast(good.occurredAt, refused.occurredAt) && isAtLeast(good.time, refused.time);
}

const isAtLeast = (one: string | undefined, other: string | undefined) =>
  one === undefined || other === undefined || one >= other;
