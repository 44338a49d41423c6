import type { Decision, Draft } from './draft.ts';
import type { Ending } from './ending.ts';
import { isOpen, type Task } from './task.ts';

/**
 * Numbers of a DMS come back: after a change of systems, or at a year's end, while tasks live two years. A number that
 * names another customer and another car is not a correction. It is the number's next use, with a task of its own; whatever
 * belongs to the former use, its links and its first service included, stays with that one.
 */
export interface UsedBy {
  readonly customerNumber?: string | undefined;
  readonly vin?: string | undefined;
}

/** Only where both are known to differ: one of them alone is corrected every day. */
export const isAnotherUse = (one: UsedBy, other: UsedBy): boolean =>
  differ(one.customerNumber, other.customerNumber) && differ(one.vin, other.vin);

const differ = (one: string | undefined, other: string | undefined) =>
  one !== undefined && other !== undefined && one !== other;

export const usedBy = (fact: {
  readonly customer?: { readonly customerNumber?: string | undefined } | undefined;
  readonly vehicle?: { readonly vin?: string | undefined } | undefined;
}): UsedBy => ({ customerNumber: fact.customer?.customerNumber, vin: fact.vehicle?.vin });

/** Whether a correction names another customer, or another car: the people who deal with it have to know. */
export function isOfOthers(was: Parameters<typeof usedBy>[0] | undefined, is: typeof was): boolean {
  if (!was || !is) return false;
  const [before, after] = [usedBy(was), usedBy(is)];
  return differ(before.customerNumber, after.customerNumber) || differ(before.vin, after.vin);
}

/** A fact of a former use that came after the next one began, and whose task is not here. */
export class FormerUseError extends Error {
  override readonly name = 'FormerUseError';

  constructor(field: string, number: string) {
    super(
      `${field}: expected the customer or the car of '${number}' as it is known, got another customer and another car ` +
        'with an earlier occurredAt',
    );
  }
}

/** The outcome of a decision that leaves a number to its next use, and says nothing of the fact itself. */
export const NUMBER_USED_AGAIN = 'number-used-again';

/** Ends the former use if its handoff goes on, and leaves the number to the next one. */
export function giveUpNumber<T extends Task>(draft: Draft<T>, since: string, ending: Ending<T>): Decision<T> {
  const { task } = draft;
  const isGoingOn = isOpen(task) || task.state === 'waiting';
  const over = isGoingOn ? draft.end(ending) : draft;
  return over.change((former) => ({ ...former, usedAgainSince: since })).done(NUMBER_USED_AGAIN);
}
