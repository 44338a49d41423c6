import { endsAfter, isOver, latestOf } from '../any-kind/order-ends.ts';
import type { UpgradeConversation } from './task.ts';

/** The state of the repair order behind the conversation. A conversation that the customer asked for has no order. */
type Facts = UpgradeConversation['facts'];

export const latestUpdate = ({ quote, visit }: Facts) =>
  latestOf<NonNullable<typeof quote | typeof visit>>([quote, visit]);

/** The ends that no later fact has reversed. */
export const standingEnds = (facts: Facts) => endsAfter(facts, latestUpdate(facts));

export const isOrderOver = (facts: Facts): boolean => isOver(facts, latestUpdate(facts));
