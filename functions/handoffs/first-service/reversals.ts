import type { DealUnwound } from '../../contracts/deal-unwound.ts';
import { isNewer, isRepeat, type Received, versionOf } from '../../contracts/fact-version.ts';
import type { FirstServiceDue } from '../../contracts/first-service-due.ts';
import type { RepairOrderVoided } from '../../contracts/repair-order-voided.ts';
import type { Context } from '../../handoff/context.ts';
import { type Decision, draft, repeated, unchanged } from '../../handoff/draft.ts';
import { restart } from '../../handoff/restart.ts';
import { isEnded, type NoteOf } from '../../handoff/task.ts';
import { begin, customerWasReached, isSoldOn, unwinding, wasHere } from './begin.ts';
import { isSameOrder, knownVisits, voidsWith } from './first-service-rule.ts';
import { type FirstServiceVisit, firstServiceTraits } from './task.ts';
import { isUnwound, unwindingOfDeal, withUnwindingOf } from './unwindings.ts';
import { inviteCustomer } from './visit.ts';

/** Facts that take the sale, the owner or the visit back, and facts that restore it. */
const decide = (task: FirstServiceVisit, context: Context) => draft(task, firstServiceTraits, context);

export function decideSaleUnwound(
  before: FirstServiceVisit,
  fact: Received<DealUnwound>,
  context: Context,
): Decision<FirstServiceVisit> {
  const { dealNumber, reason } = fact;
  const known = unwindingOfDeal(before.facts, dealNumber);
  const facts = withUnwindingOf(before.facts, { ...versionOf(fact), dealNumber, reason });
  if (facts === before.facts) return unchanged(before, 'already-known');
  if (known && isRepeat(fact, known)) return repeated({ ...before, facts });
  const task = { ...before, updatedAt: context.now, facts };
  const reversed = decide(task, context);
  if (task.facts.due && !isUnwound(task, task.facts.due)) return reversed.done('of-another-deal');
  if (isEnded(task)) return reversed.lockUndo().done('already-ended');
  if (!task.facts.due) return reversed.note({ code: 'deal-unwound' }).done('kept-for-later');
  return reversed.end(unwinding).done('cancelled');
}

/** From the car's current sales. A deal that turned out to be another customer's is not a sale to this one. */
interface Ownership {
  readonly soldOnAt: string | undefined;
  readonly boughtOn: string | undefined;
  /** Whether the deal behind the first service is now somebody else's, because it was entered for the wrong customer. */
  readonly isOthersDeal: (deal: {
    readonly storeId: string;
    readonly dealNumber?: string | undefined;
  }) => boolean;
}

/**
 * Whether a later deal sold the car to somebody else: its former owner has no first service to come for. Decided
 * again whenever the car's owners change: a later deal that was reversed, or was about another car, gives the car back.
 */
export function decideOwner(
  before: FirstServiceVisit,
  { soldOnAt, boughtOn, isOthersDeal }: Ownership,
  context: Context,
): Decision<FirstServiceVisit> {
  const { due, soldOnAt: known, boughtOn: knownSale } = before.facts;
  const own = soldOnAt === undefined ? (boughtOn ?? knownSale) : boughtOn;
  if (known === soldOnAt && knownSale === own) return unchanged(before, 'already-known');
  const task = { ...before, updatedAt: context.now, facts: { ...before.facts, soldOnAt, boughtOn: own } };
  const owned = decide(task, context);
  if (!due) return owned.note({ code: ownerNote(soldOnAt) }).done('kept-for-later');
  const was = isSoldOn(before, due, context);
  const is = isSoldOn(task, due, context) || isOthersDeal(due);
  const isOver = before.ended?.outcome === 'sold on' || (was && before.state === 'history');
  if (!is && isOver) return restore(task, due, { code: 'owned-again' }, context);
  if (!is) return owned.done('sold-before');
  if (isEnded(task)) return owned.lockUndo().done('already-ended');
  if (task.state === 'history') return owned.note({ code: 'sold-on' }).done('kept-for-later');
  return owned.end({ trigger: 'closing fact', outcome: 'sold on', by: 'dms' }).done('cancelled');
}

const ownerNote = (soldOnAt: string | undefined) => (soldOnAt === undefined ? 'owned-again' : 'sold-on');

/** The order that ended the first service was entered by mistake: the customer is yet to come. */
export function decideVisitVoided(
  before: FirstServiceVisit,
  fact: Received<RepairOrderVoided>,
  context: Context,
): Decision<FirstServiceVisit> {
  const { roNumber } = fact;
  if (!before.facts.due && knownVisits(before).length === 0) return unchanged(before, 'nothing-known');
  const elsewhere = fact.storeId === context.store.id ? {} : { storeId: fact.storeId };
  const added = { ...versionOf(fact), ...elsewhere, roNumber };
  const known = before.facts.voids?.find((one) => isSameOrder(one, added));
  if (!isNewer(added, known)) return unchanged(before, 'already-known');
  const task = {
    ...before,
    updatedAt: context.now,
    facts: { ...before.facts, voids: voidsWith(before, added) },
  };
  if (known && isRepeat(added, known)) return repeated(task);
  const { due } = task.facts;
  if (!due || !wasHere(before, due, context) || wasHere(task, due, context) || !isOverByVisit(before)) {
    return decide(task, context).done('not-the-first-service');
  }
  return restore(task, due, { code: 'visit-voided', roNumber }, context);
}

/** Whether it ended, or never began, because the customer had already come. */
export const isOverByVisit = (task: FirstServiceVisit): boolean =>
  task.state === 'history' || task.ended?.outcome === 'visited';

/** Resumes a first service when the fact that ended it is taken back. The customer is not invited a second time. */
export function restore(
  task: FirstServiceVisit,
  due: FirstServiceDue,
  note: NoteOf<FirstServiceVisit>,
  context: Context,
): Decision<FirstServiceVisit> {
  const noted = decide(task, context).note(note).task;
  const invite = customerWasReached(noted) ? (same: ReturnType<typeof decide>) => same : inviteCustomer();
  const { task: begun } = begin(restart(noted, 'reinstated', context.now), due, context, invite);
  return decide(begun, context).done('reinstated');
}
