import { isDeepStrictEqual } from 'node:util';
import { findManager } from '../people/routing.ts';
import type { Context } from './context.ts';
import {
  creditIn,
  type DealId,
  isSameDeal,
  type LaterSale,
  type Match,
  MOST_OF_CREDIT,
  openDispute,
  type Unmatched,
} from './credit-record.ts';
import { type Decision, unchanged } from './draft.ts';
import { queueEmail, queueEvent } from './queue.ts';
import type { Task } from './task.ts';
import type { KindTraits } from './traits.ts';

/**
 * Credit for a later sale, as facts: which deals followed from a handoff, who disputes that, and what a manager decided.
 * Nothing is ever removed. Nobody is paid from this record: it has no field for an amount.
 */

/** How one deal relates to a handoff: a later sale that follows from it, or the reason why it does not. */
export type Weighed =
  | { readonly deal: DealId; readonly sale: LaterSale }
  | { readonly deal: DealId; readonly why: Unmatched };

interface Crediting extends KindTraits {
  readonly sendersOf: (task: Task) => readonly string[];
}

/** Both people of the handoff, leavers included: the outbox writes to those who still work here. */
const bothPeople = (task: Task, kind: Pick<Crediting, 'sendersOf'>): string[] => [
  ...new Set([...kind.sendersOf(task), ...(task.assignee ? [task.assignee.employeeNumber] : [])]),
];

/**
 * Records what is known of some deals on a handoff. Deals that are not named stay as they are, so facts about several deals may
 * arrive in any order, and more than once.
 */
export function decideLaterSales<T extends Task>(
  task: T,
  weighed: readonly Weighed[],
  kind: Crediting,
  context: Context,
): Decision<T> {
  const before = creditIn(task);
  const matches = weighed.reduce<readonly Match[]>(
    (known, one) => withWeighed(known, one, context.now),
    before.matches,
  );
  if (matches === before.matches) return unchanged(task, 'no-later-sale');
  const credited = { ...task, updatedAt: context.now, credit: { ...before, matches: [...matches] } };
  const isNews = credited.credit.matches.some((one) => isNewsSince(one, before.matches));
  if (!isNews) return { task: credited, outcome: 'later-sale-corrected', changed: true };
  const notified = tell(credited, 'later-sale', bothPeople(credited, kind), context);
  return { task: noted(notified, context.now, 'later sale'), outcome: 'later-sale', changed: true };
}

/** Applies one deal: found, no longer found, or corrected. Returns the same list if nothing changed. */
function withWeighed(known: readonly Match[], one: Weighed, now: string): readonly Match[] {
  const before = known.find((match) => match.lapsed === undefined && isSameDeal(match.deal, one.deal));
  if ('why' in one) {
    if (!before) return known;
    const lapsed = { ...before, lapsed: { at: now, why: one.why } };
    return known.map((match) => (match === before ? lapsed : match));
  }
  if (!before) return [...known, { ...one.sale, foundAt: now }].slice(-MOST_OF_CREDIT.matches);
  const corrected = { ...before, ...one.sale };
  if (isDeepStrictEqual(corrected, before)) return known;
  return known.map((match) => (match === before ? corrected : match));
}

/** People get an email about a deal that was found or has lapsed, but not about a corrected date. */
const isNewsSince = (one: Match, before: readonly Match[]): boolean =>
  !before.some(
    (known) =>
      isSameDeal(known.deal, one.deal) &&
      known.foundAt === one.foundAt &&
      (known.lapsed === undefined) === (one.lapsed === undefined),
  );

type CreditMessage = 'later-sale' | 'credit-disputed' | 'credit-decided';

const tell = <T extends Task>(task: T, message: CreditMessage, to: readonly string[], { now }: Context): T =>
  to.reduce((current, staff) => queueEmail(current, now, { message, to: { staff }, again: true }), task);

/** Publishes a change that leaves the task's state as it is, for subscribers on the bus and the ledger. */
export const noted = <T extends Task>(task: T, now: string, what: string): T =>
  queueEvent(task, now, 'handoff-task-noted', { code: 'noted', what });

/** Either person says that the credit is wrong. A manager reads why and decides. */
export function disputeCredit<T extends Task>(
  task: T,
  said: { readonly by: string; readonly because: string },
  kind: Pick<KindTraits, 'department'>,
  context: Context,
): T {
  const { now, roster, today } = context;
  const known = creditIn(task);
  const disputed = {
    ...task,
    credit: { ...known, disputes: [...known.disputes, { ...said, at: now }] },
  };
  const asked = { department: kind.department, roster, on: today };
  // If a manager disputes the credit of their own handoff, another manager decides, if there is one.
  const manager = findManager({ ...asked, not: [said.by] }) ?? findManager(asked);
  const notified = manager ? tell(disputed, 'credit-disputed', [manager.employeeNumber], context) : disputed;
  return noted(notified, now, 'credit disputed');
}

export function decideDispute<T extends Task>(
  task: T,
  said: { readonly by: string; readonly stands: boolean },
  kind: Pick<Crediting, 'sendersOf'>,
  context: Context,
): T {
  const open = openDispute(task);
  if (!open) return task;
  const known = creditIn(task);
  const decided = { ...open, decided: { ...said, at: context.now } };
  const disputes = known.disputes.map((one) => (one === open ? decided : one));
  const settled = { ...task, credit: { ...known, disputes } };
  const readers = [...new Set([...bothPeople(task, kind), open.by])].filter((staff) => staff !== said.by);
  return noted(tell(settled, 'credit-decided', readers, context), context.now, 'credit decided');
}
