import type { Customer } from '../../contracts/fields.ts';
import { type Remark, standing } from '../../customers/statements.ts';
import { addMonths, localDate } from '../../group/business-time.ts';
import { nudgePolicyOf } from '../../group/group.ts';
import { type Context, changed, type Decision, end, oweEvent, unchanged } from '../../handoff/draft.ts';
import type { Purchase, ServiceIntroduction, UpgradeConversation } from '../../handoff/task.ts';

/**
 * A customer who bought needs no conversation about another car: what is open about them is closed, whoever waited is
 * told once, and no quote of theirs is a reason for as long as the policy says. The deal is the truth of it; the event
 * only says to look, so it may come late, twice or before the conversation.
 */
const BOUGHT_BY: ReadonlySet<string> = new Set(['retail', 'lease']);

/** A sale to somebody who drives the car: the others create nothing and say nothing of a customer. */
export const isSaleToCustomer = ({ dealType }: { dealType: string }): boolean => BOUGHT_BY.has(dealType);

export interface Bought {
  readonly customer: Customer;
  readonly remark: Remark & Purchase;
}

/** What the deal says of its customer now; nothing before its sale is known. */
export function purchaseOf({ storeId, subject, facts }: ServiceIntroduction): Bought | undefined {
  const { sold, unwound } = facts;
  if (!sold) return undefined;
  const holds = isSaleToCustomer(sold) && !unwound;
  const at = [sold.occurredAt, unwound?.occurredAt ?? ''].toSorted().at(-1) ?? sold.occurredAt;
  const { dealNumber } = subject;
  const remark = { said: 'bought', storeId, dealNumber, at, ...(holds ? {} : { takenBack: true }) } as const;
  return { customer: sold.customer, remark };
}

/** Owes the event where what the deal says of its customer is not what it said before. */
export function tellPurchase(
  before: ServiceIntroduction,
  decision: Decision<ServiceIntroduction>,
  { now }: Context,
): Decision<ServiceIntroduction> {
  const isToldAlready = says(before) === says(decision.task);
  return isToldAlready ? decision : { ...decision, task: oweEvent(decision.task, now, 'customer-bought') };
}

function says(deal: ServiceIntroduction): string | undefined {
  const bought = purchaseOf(deal);
  if (!bought || bought.remark.takenBack === true) return undefined;
  return JSON.stringify([bought.customer.customerNumber, bought.customer.email]);
}

/** The orders that Sales was asked to talk about: each once, whether its conversation is written yet or not. */
export function talksIn(all: readonly Remark[]): readonly { storeId: string; roNumber: string }[] {
  return standing(all).flatMap((one) => (one.said === 'talk begun' ? [one] : []));
}

/** The conversation with the newest purchase that the memory holds; one that was kept here may be unwound by now. */
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

export const BOUGHT = 'bought';

export function decideBought(
  before: UpgradeConversation,
  purchase: Purchase,
  context: Context,
): Decision<UpgradeConversation> {
  if ((before.facts.bought?.at ?? '') >= purchase.at) return unchanged(before, 'already-known');
  const task = noted({ ...before, updatedAt: context.now }, purchase);
  if (task.state === 'history' || !task.facts.quote) return changed(task, 'kept-for-later');
  if (!isOverByPurchase(task, context)) return changed(task, 'wanted-since');
  return changed(end(task, context.now, 'outcome', { outcome: BOUGHT, who: 'dms' }), 'completed');
}

/** A customer who asks after buying means another car. Else it is over where the rule would have kept silent. */
export function isOverByPurchase(
  { facts: { asked, bought } }: UpgradeConversation,
  { group, store }: Context,
): boolean {
  if (!asked || !bought) return false;
  if (asked.by === 'customer') return bought.at > asked.occurredAt;
  const [boughtOn, askedOn] = [bought.at, asked.occurredAt].map((at) => localDate(store.timeZone, at));
  const months = nudgePolicyOf(group, store).boughtWithinMonths;
  return boughtOn !== undefined && askedOn !== undefined && askedOn <= addMonths(boughtOn, months);
}
