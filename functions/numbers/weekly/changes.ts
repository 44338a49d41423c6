import { type Count, differs, hasRate, shareOf, wilson } from '../interval.ts';
import type { Measure } from './summary.ts';

/**
 * How the last month compares with the same month a year ago, or with the three months before if a year ago has too
 * few cases.
 */
export interface Change {
  readonly is: 'up' | 'down' | 'same';
  readonly against: 'a year ago' | 'the three months before';
  readonly before: Count;
}

/** Undefined if there are too few cases to tell a change from chance. */
export function changeOf(measure: Measure, unit: 'rate' | 'count'): Change | undefined {
  const { lastMonth, yearAgo, before } = measure;
  return unit === 'rate'
    ? changeOfRate(lastMonth, yearAgo, before)
    : changeOfCount(lastMonth, yearAgo, before);
}

function changeOfRate(now: Count, yearAgo: Count, earlier: Count): Change | undefined {
  if (!hasRate(now)) return undefined;
  const compare = (before: Count, against: Change['against']): Change => ({
    is: !differs(now, before) ? 'same' : shareOf(now) > shareOf(before) ? 'up' : 'down',
    against,
    before,
  });
  if (hasRate(yearAgo)) return compare(yearAgo, 'a year ago');
  return hasRate(earlier) ? compare(earlier, 'the three months before') : undefined;
}

const MONTHS_BEFORE = 3;

function changeOfCount(now: Count, yearAgo: Count, earlier: Count): Change | undefined {
  if (yearAgo.part > 0) return compareCounts(now, yearAgo, { share: 1 / 2, against: 'a year ago' });
  const share = 1 / (1 + MONTHS_BEFORE);
  return earlier.part === 0
    ? undefined
    : compareCounts(now, earlier, { share, against: 'the three months before' });
}

/**
 * Compares counts of periods of different length. The share of all cases that fell into the last month is a rate. It
 * is a change if the rate's interval does not contain the month's share of the total time.
 */
function compareCounts(
  now: Count,
  before: Count,
  { share, against }: { readonly share: number; readonly against: Change['against'] },
): Change | undefined {
  const together = { part: now.part, whole: now.part + before.part };
  if (!hasRate(together)) return undefined;
  const { low, high } = wilson(together);
  return { is: low > share ? 'up' : high < share ? 'down' : 'same', against, before };
}
