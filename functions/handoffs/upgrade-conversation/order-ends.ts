import { endsAfter, lastOf } from '../any-kind/order-ends.ts';
import type { UpgradeConversation } from './task.ts';

/** How the repair order stands that the conversation follows from. A customer who asked by themselves has none. */
type Facts = UpgradeConversation['facts'];

export const lastWord = ({ quote, visit }: Facts) =>
  lastOf<NonNullable<typeof quote | typeof visit>>([quote, visit]);

/** What ended it, where nothing later opened it again. */
export const standingEnds = (facts: Facts) => endsAfter(facts, lastWord(facts));

export function isOrderOver(facts: Facts): boolean {
  const { voided, closed } = standingEnds(facts);
  return voided !== undefined || closed !== undefined;
}
