import { describe, expect, it } from 'vitest';
import { type Comparing, compare, type KnownFact } from '../../functions/feeds/compare.ts';
import type { FeedFact } from '../../functions/feeds/fact.ts';

const TODAY = '2026-11-20';
const at = (day: number) => `2026-11-${day}T09:00:00.000Z`;
const visit = (day: number, paid = 'a'): FeedFact => ({
  ...{
    id: 'RO#north#1',
    storeId: 'north',
    detailType: 'service-visit-completed',
    businessDate: '2026-11-16',
  },
  ...{ asOf: at(day), detail: { paid } },
});
const known = (day: number, hash = 'a', change: Partial<KnownFact> = {}): KnownFact => ({
  ...{ hash, asOf: at(day), file: 'before' },
  ...change,
});
const reading = (change: Partial<Comparing> = {}): Comparing => ({
  ...{ file: 'now', isHistory: false, today: TODAY, isSuperseded: false, hasOwnInstant: false },
  ...change,
});

describe('a record of a file, beside what is known of its number', () => {
  it('is unchanged where it says the same later, and nothing is written down', () => {
    expect(compare(visit(18), 'a', known(17), reading())).toEqual({ is: 'unchanged', since: undefined });
  });

  it('is written down where it says itself that it is so since later, so that a word in between is older', () => {
    const first = known(17, 'a', { detailType: 'service-visit-completed' });
    const again = compare(visit(19), 'a', first, reading({ hasOwnInstant: true }));
    expect(again).toEqual({ is: 'unchanged', since: { ...first, asOf: at(19) } });
    const since = again.is === 'unchanged' ? again.since : undefined;
    expect(compare(visit(18, 'b'), 'b', since, reading({ hasOwnInstant: true }))).toMatchObject({
      is: 'skipped',
      because: 'a newer file says otherwise',
    });
  });

  it('is nothing where a newer file has the record, whatever it is known to say', () => {
    const late = reading({ isSuperseded: true });
    for (const before of [undefined, known(17, 'b')])
      expect(compare(visit(18), 'a', before, late)).toMatchObject({ is: 'skipped' });
    expect(compare(visit(18), 'a', known(17), late)).toMatchObject({ is: 'unchanged' });
  });
});
