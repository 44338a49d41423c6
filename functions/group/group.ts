/** What is asked of a dealer group's settings. group-file.ts reads and checks them, before a function is deployed. */

import { type NudgePolicy, resolveNudgePolicy } from './nudge-policy.ts';
import type { FirstServiceInterval, Group, Store } from './settings.ts';

export type { Department, FirstServiceInterval, Group, Store, WeekHours } from './settings.ts';

/** A store of the group, or nothing where the id is unknown. */
export function findStore(group: Group, id: string): Store | undefined {
  return group.stores.find((one) => one.id === id);
}

export function nudgePolicyOf(group: Group, one: Store): NudgePolicy {
  return resolveNudgePolicy(group.nudge, one.nudge).policy;
}

/** When the first service is due: the store's own interval, else its brand's, else the group's default. */
export function firstServiceIntervalOf(group: Group, one: Store): FirstServiceInterval {
  return one.firstService ?? group.firstService.byBrand[one.brand] ?? group.firstService.byDefault;
}

/** Whether a store writes to this customer: live, and on the allow-list where there is one. */
export function mayWriteToCustomer(one: Store, address: string): boolean {
  if (one.mode !== 'live') return false;
  return (
    one.allowList === undefined ||
    one.allowList.some((entry) => (entry.startsWith('@') ? address.endsWith(entry) : entry === address))
  );
}
