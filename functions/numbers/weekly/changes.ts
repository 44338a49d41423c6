import { type Count, differs, hasRate, shareOf, wilson } from '../interval.ts';
import type { Measure } from './summary.ts';

/** How the last month compares: with the same month a year ago, or where that is too little, with the three months before. */
export interface Change {
  readonly is: 'up' | 'down' | 'same';
  readonly against: 'a year ago' | 'the three months before';
  readonly before: Count;
}

/** Undefined where there are too few cases to tell a change from chance. */
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
 * Of all that happened in both periods together, the part that fell into the last month is a rate: it changed if that rate's
 * interval leaves out the share that the month has of the time.
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
