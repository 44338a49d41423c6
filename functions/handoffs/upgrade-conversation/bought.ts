import { type Remark, standing } from '../../customers/statements.ts';
import { addMonths, localDate } from '../../group/business-time.ts';
import { nudgePolicyOf } from '../../group/group.ts';
import type { Context } from '../../handoff/context.ts';
import { type Decision, draft, unchanged } from '../../handoff/draft.ts';
import { type Purchase, type UpgradeConversation, upgradeTraits } from './task.ts';

/**
 * A customer who bought needs no conversation about another car: what is open about them is closed, whoever waited is
 * told once, and no quote of theirs is a reason for as long as the policy says. The deal is the source of truth; the
 * event only says to look, so it may come late, twice or before the conversation.
 */
export const BOUGHT = 'bought';

/** The orders that Sales was asked to talk about: each once, whether its conversation is written yet or not. */
export function ordersTalkedAbout(all: readonly Remark[]): readonly { storeId: string; roNumber: string }[] {
  return standing(all).flatMap((one) => (one.said === 'talk begun' ? [one] : []));
}

/** The conversation with the newest purchase that is remembered; an earlier one may have been unwound since. */
export function withPurchase(task: UpgradeConversation, all: readonly Remark[]): UpgradeConversation {
  const [newest] = standing(all)
    .flatMap((one) => ('dealNumber' in one ? [one] : []))
    .toSorted((one, other) => (one.at < other.at ? 1 : -1));
  const { bought: _kept, ...facts } = task.facts;
  return newest ? noted({ ...task, facts }, newest) : { ...task, facts };
}

function noted(task: UpgradeConversation, { storeId, dealNumber, at }: Purchase): UpgradeConversation {
  return { ...task, facts: { ...task.facts, bought: { storeId, dealNumber, at } } };
}

export function decideBought(
  before: UpgradeConversation,
  purchase: Purchase,
  context: Context,
): Decision<UpgradeConversation> {
  if ((before.facts.bought?.at ?? '') >= purchase.at) return unchanged(before, 'already-known');
  const task = draft(noted({ ...before, updatedAt: context.now }, purchase), upgradeTraits, context);
  if (before.state === 'history' || !before.facts.quote) return task.done('kept-for-later');
  if (!isOverByPurchase(task.task, context)) return task.done('wanted-since');
  return task.end({ trigger: 'outcome', outcome: BOUGHT, by: 'dms' }).done('completed');
}

/** A customer who asks after buying means another car. Otherwise it is over if the rule would have kept silent. */
export function isOverByPurchase(
  { facts: { asked, bought } }: UpgradeConversation,
  { group, store }: Context,
): boolean {
  if (!asked || !bought) return false;
  if (asked.by === 'customer') return bought.at > asked.occurredAt;
  const boughtOn = localDate(store.timeZone, bought.at);
  const months = nudgePolicyOf(group, store).boughtWithinMonths;
  return localDate(store.timeZone, asked.occurredAt) <= addMonths(boughtOn, months);
}
