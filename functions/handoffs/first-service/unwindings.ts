import { isNewer, reverses } from '../../contracts/fact-version.ts';
import type { FirstServiceDue } from '../../contracts/first-service-due.ts';
import type { FirstServiceVisit, Unwinding } from './task.ts';

/**
 * The reversed deals of this customer and car. A deal may be unwound, written again under its number or another one, and
 * unwound once more. The reversal of each is stored, because they arrive in any order.
 */
type Facts = FirstServiceVisit['facts'];

/** More deals than one customer has for one car. */
const MOST = 6;

const unwindingsIn = ({ unwindings = [], unwound }: Facts): readonly Unwinding[] =>
  unwound === undefined ? unwindings : [unwound, ...unwindings];

export const unwindingOfDeal = (facts: Facts, dealNumber: string | undefined): Unwinding | undefined =>
  unwindingsIn(facts).find((one) => one.dealNumber === dealNumber);

/** Adds a reversal; the same facts if a later reversal of the deal is already known. */
export function withUnwindingOf(facts: Facts, added: Unwinding): Facts {
  const known = unwindingOfDeal(facts, added.dealNumber);
  if (!isNewer(added, known)) return facts;
  const others = unwindingsIn(facts).filter((one) => one !== known);
  return { ...facts, unwound: undefined, unwindings: [...others, added].slice(-MOST) };
}

/**
 * The reversal of the deal that this first service follows. Not the reversal of another deal for the same car, nor one from
 * before the deal was written again.
 */
function unwindingOf({ facts }: FirstServiceVisit, due: FirstServiceDue): Unwinding | undefined {
  return unwindingsIn(facts).find((one) => {
    const areKnown = one.dealNumber !== undefined && due.dealNumber !== undefined;
    if (!areKnown) return reverses(one, due.followsSale ?? due);
    return one.dealNumber === due.dealNumber && reverses(one, due.followsSale);
  });
}

export const isUnwound = (task: FirstServiceVisit, due: FirstServiceDue): boolean =>
  unwindingOf(task, due) !== undefined;

/** The reason for the reversal of this deal, or for the latest one if no due date is known yet. */
export function unwindingReason(task: FirstServiceVisit): string | undefined {
  const { due } = task.facts;
  return (due ? unwindingOf(task, due) : unwindingsIn(task.facts).at(-1))?.reason;
}
