import type { Reading } from '../contracts/read-detail.ts';
import { findStore, type Group, nudgePolicyOf } from '../group/group.ts';
import type { PlaceholderRules } from './placeholders.ts';
import { withoutPlaceholders } from './without-placeholders.ts';

export type ReadingGroup = PlaceholderRules & Pick<Group, 'stores' | 'nudge'>;

/** The group's settings needed to read an event: its placeholders, and the amount of a high repair. */
export const readingIn = (group: ReadingGroup, staffAddresses: ReadonlySet<string> = new Set()): Reading => ({
  identify: (detail) => withoutPlaceholders(detail, { rules: group, staffAddresses }),
  repairMinimumCents: (storeId) => {
    const store = findStore(group, storeId);
    return store && nudgePolicyOf(group, store).repairMinimumCents;
  },
});
