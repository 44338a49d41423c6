import { type Remark, standing } from '../../customers/statements.ts';
import { addMonths, localDate } from '../../group/business-time.ts';
import { nudgePolicyOf } from '../../group/group.ts';
import type { Context } from '../../handoff/context.ts';
import { type Decision, draft, unchanged } from '../../handoff/draft.ts';
import { occasionOf } from '../../readiness/occasion.ts';
import {
  ASKED,
  blankUpgrade,
  blankWish,
  type Purchase,
  type UpgradeConversation,
  upgradeTraits,
} from './task.ts';

/**
 * A customer who just bought a car needs no conversation about another one: open conversations are closed, the people
 * involved get one email, and the policy sets how long new quotes are ignored. The deal is the source of truth; the
 * event only triggers the check, so it may arrive late, twice or before the conversation.
 */
export const BOUGHT = 'bought';

/** The conversations that Sales was asked for, stored or not: a blank one of each. */
export const conversationsBegun = (
  all: readonly Remark[],
): readonly ((now: string) => UpgradeConversation)[] =>
  standing(all).flatMap((remark) => {
    const { storeId, said } = remark;
    if (said === 'talk begun' && 'roNumber' in remark)
      return [(now: string) => blankUpgrade(storeId, remark.roNumber, now, remark.use)];
    return said === ASKED && 'askedBy' in remark
      ? [(now: string) => blankWish(storeId, remark.askedBy, now, remark.use)]
      : [];
  });

/** Adds the newest purchase on record to the conversation; an earlier one may have been unwound since. */
export function withPurchase(task: UpgradeConversation, all: readonly Remark[]): UpgradeConversation {
  const [newest] = standing(all)
    .flatMap((remark) => ('dealNumber' in remark ? [remark] : []))
    .toSorted((a, b) => (a.at < b.at ? 1 : -1));
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
  const isBegun = before.state !== 'history' && before.state !== 'awaited';
  if (!isBegun || !occasionOf(before.facts)) return task.done('kept-for-later');
  if (!isOverByPurchase(task.task, context)) return task.done('wanted-since');
  return task.end({ trigger: 'outcome', outcome: BOUGHT, by: 'dms' }).done('completed');
}

/**
 * Whether a purchase ends the conversation, which it does for as long as the policy keeps the rule silent after one. A
 * customer who asks after buying means another car, so that conversation stays open.
 */
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
