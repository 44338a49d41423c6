import type { Decision, Draft } from './draft.ts';
import type { Ending } from './ending.ts';
import { isOpen, type Task } from './task.ts';

/**
 * A DMS reuses its numbers, after a change of systems or at the end of a year, while tasks live for two years. A number that
 * names both another customer and another car is not a correction but the number's next use, which gets a task of its own.
 * Everything of the former use, including its links and its first service, stays with the former task.
 */
export interface UsedBy {
  readonly customerNumber?: string | undefined;
  readonly vin?: string | undefined;
}

/** Only if both are known to differ: either of them alone is often corrected. */
export const isAnotherUse = (one: UsedBy, other: UsedBy): boolean =>
  differ(one.customerNumber, other.customerNumber) && differ(one.vin, other.vin);

const differ = (one: string | undefined, other: string | undefined) =>
  one !== undefined && other !== undefined && one !== other;

export const usedBy = (fact: {
  readonly customer?: { readonly customerNumber?: string | undefined } | undefined;
  readonly vehicle?: { readonly vin?: string | undefined } | undefined;
}): UsedBy => ({ customerNumber: fact.customer?.customerNumber, vin: fact.vehicle?.vin });

/** Whether a correction names another customer or another car, which everyone who works on the handoff must learn. */
export function isOfOthers(was: Parameters<typeof usedBy>[0] | undefined, is: typeof was): boolean {
  if (!was || !is) return false;
  const [before, after] = [usedBy(was), usedBy(is)];
  return differ(before.customerNumber, after.customerNumber) || differ(before.vin, after.vin);
}

/** A fact about a number's former use that arrives after the next use began, and whose task does not exist here. */
export class FormerUseError extends Error {
  override readonly name = 'FormerUseError';

  constructor(field: string, number: string) {
    super(
      `${field}: expected the customer or the car of '${number}' as it is known, got another customer and another car ` +
        'with an earlier occurredAt',
    );
  }
}

/** The outcome of a decision that frees a number for its next use; the fact itself is decided afterwards. */
export const NUMBER_USED_AGAIN = 'number-used-again';

/** Ends the former use if its handoff is still going on, and frees the number for the next use. */
export function giveUpNumber<T extends Task>(draft: Draft<T>, since: string, ending: Ending<T>): Decision<T> {
  const { task } = draft;
  const isGoingOn = isOpen(task) || task.state === 'waiting';
  const over = isGoingOn ? draft.end(ending) : draft;
  return over.change((former) => ({ ...former, usedAgainSince: since })).done(NUMBER_USED_AGAIN);
}
