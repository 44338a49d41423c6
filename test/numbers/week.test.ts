import { beforeAll, describe, expect, it } from 'vitest';
import type { LedgerFact } from '../../functions/ledger/facts.ts';
import { askFor } from '../../functions/numbers/cells.ts';
import { definitions } from '../../functions/numbers/definitions.ts';
import { lastMonthBefore, lastWeekBefore, monthsBack, weekOf } from '../../functions/numbers/periods.ts';
import type { StoreNumbers } from '../../functions/numbers/store-numbers.ts';
import { figureOf } from '../../functions/numbers/words.ts';
import { FactsByHand } from './facts.ts';
import { numbersOfFacts } from './week.ts';
import { facts, today } from './year-by-hand.ts';

describe('weeks begin on Monday and are named by it', () => {
  it.each([
    { date: '2026-11-23', week: '2026-11-23', before: '2026-11-16' },
    { date: '2026-11-29', week: '2026-11-23', before: '2026-11-16' },
    { date: '2027-01-01', week: '2026-12-28', before: '2026-12-21' },
  ])('$date is in the week of $week, after that of $before', ({ date, week, before }) => {
    expect([weekOf(date), lastWeekBefore(date)]).toEqual([week, before]);
  });

  it('the month before January is December, and a year back is the same month', () => {
    expect([lastMonthBefore('2027-01-31'), monthsBack('2026-11-30', 12)]).toEqual(['2026-12', '2025-11']);
  });
});

describe('what the weekly job keeps', () => {
  let numbers: ReadonlyMap<string | undefined, StoreNumbers>;
  const gathering = { countedAt: '2026-11-23T11:00:00.000Z', today: '2026-11-23' };
  const north = new FactsByHand('north')
    .sold('1', '2025-11-17', { by: 'S1' })
    .sold('2', '2026-10-31', { by: 'S1' })
    .sold('3', '2026-11-15', { by: 'S1' })
    .sold('4', '2026-11-16', { by: 'S1' })
    .sold('5', '2026-11-22', { by: 'S2' });
  const south = new FactsByHand('south').sold('6', '2026-11-18', { by: 'S1' });
  const gone = new FactsByHand('nearby').sold('7', '2026-11-18', { by: 'S1' });
  beforeAll(async () => {
    const all = [...north.facts, ...south.facts, ...gone.facts];
    numbers = await numbersOfFacts(all, { ...gathering, storeIds: ['south', 'north', 'new'] });
  });
  const sold = (
    storeId: string | undefined,
    length: 'months' | 'weeks',
    period: string,
    by: 'group' | 'store' = 'group',
  ) => {
    const its = numbers.get(storeId);
    if (!its) throw new Error(`no numbers of ${storeId}`);
    const { lines } = askFor(its[length], 'sold', by, { from: period, to: period });
    return lines.map(({ value }) => figureOf(value));
  };

  it('last week is Monday to Sunday, last month and the same month a year ago are whole months', () => {
    expect(sold('north', 'weeks', lastWeekBefore('2026-11-23'))).toEqual(['2']);
    expect(sold('north', 'months', lastMonthBefore('2026-11-23'))).toEqual(['1']);
    expect(sold('north', 'months', '2025-11')).toEqual(['1']);
    expect(sold('north', 'months', '2026-11')).toEqual(['3']);
  });

  it('the group has its stores side by side, without people; a store that left is in nobody’s numbers', () => {
    expect(sold(undefined, 'weeks', '2026-11-16', 'store')).toEqual(['2', '1']);
    expect(sold(undefined, 'weeks', '2026-11-16')).toEqual(['3']);
    const people = numbers
      .get(undefined)
      ?.months.cells.get('sold')
      ?.map(({ person }) => person);
    expect(new Set(people)).toEqual(new Set([undefined]));
    expect(numbers.get('nearby')).toBeUndefined();
  });

  it('the group tells stores apart in what is compared between them, and adds up the rest: its page reads all of them', async () => {
    const group = (
      await numbersOfFacts(facts, { ...gathering, today, storeIds: ['north', 'south', 'west'] })
    ).get(undefined);
    const storesIn = (name: string) => [
      ...new Set(group?.months.cells.get(name)?.map(({ storeId }) => storeId)),
    ];
    expect(storesIn('sold')).toEqual(['north', 'south', 'west']);
    expect(storesIn('introduced-how')).toEqual(['']);
    const of = group
      ? askFor(group.months, 'introduced-how', 'group', { from: '2026-05', to: '2026-05' })
      : undefined;
    expect(of?.lines.map(({ breakdown, value }) => [breakdown, figureOf(value)])).toContainEqual([
      ...['in person', '3 of 7'],
    ]);
  });

  it('what speaks for another setting is added up over all months, and counts the same for a store and the group', async () => {
    const told = new FactsByHand('north');
    for (const [at, month] of ['2024-03', '2026-10'].entries()) {
      const order = `r${at}`;
      told.tell(
        { order },
        {
          ...{ what: 'nudged', at: `${month}-10T16:00:00Z`, reasonsFor: ['spend'], reasonsAgainst: [] },
          ...{ suppressions: [], policy: 'p1', decidedBy: ['spend'] },
        },
      );
      told.tell(
        { order, kind: 'upgrade-conversation', handoff: order },
        { what: 'ended', at: `${month}-12T16:00:00Z`, as: 'sold', by: 'S1', how: 'choice' },
      );
    }
    const all = await numbersOfFacts(told.facts, { ...gathering, storeIds: ['north', 'south'] });
    const evidence = {
      ...{ storeId: 'north', person: undefined, period: '2026-11', breakdown: 'p1 spend' },
      ...{ part: 2, whole: 2 },
    };
    for (const one of ['north', undefined])
      expect(all.get(one)?.months.cells.get('nudges-that-go')).toEqual([evidence]);
  });

  it('each says since when there are facts; a store without any says nothing of it', () => {
    expect([...numbers].map(([storeId, { months }]) => [storeId, months.since])).toEqual([
      ['new', undefined],
      ['north', '2025-11'],
      ['south', '2026-11'],
      [undefined, '2025-11'],
    ]);
  });

  it('an evening is counted where the store’s own clock has it; of facts that do not say, where UTC has it', async () => {
    const at = '2026-06-01T02:30:00Z';
    const shopper = (handoff: string, localDate?: string) =>
      new FactsByHand('north').tell(
        { kind: 'repair-instead', handoff, ...(localDate === undefined ? {} : { localDate }) },
        { what: 'handed over', at, from: ['S1'], to: 'A1', why: 'partner' },
      ).facts;
    const june = { ...gathering, today: '2026-06-22', storeIds: ['north'] };
    const periodsOf = async (facts: readonly LedgerFact[]) => {
      const { months, weeks } = (await numbersOfFacts(facts, june)).get('north') ?? expect.fail();
      return [months, weeks].flatMap(({ cells }) =>
        ['referred-to-service', 'accepted'].flatMap((name) =>
          (cells.get(name) ?? []).map(({ period }) => period),
        ),
      );
    };
    // May 31, 2026 is a Sunday.
    expect(await periodsOf(shopper('own', '2026-05-31'))).toEqual([
      ...['2026-05', '2026-05', '2026-05-25', '2026-05-25'],
    ]);
    expect(await periodsOf(shopper('earlier'))).toEqual([
      ...['2026-06', '2026-06', '2026-06-01', '2026-06-01'],
    ]);
  });

  it('months and weeks of a year that was counted by hand add up to the same', async () => {
    const year = await numbersOfFacts(facts, { ...gathering, today, storeIds: ['north', 'south'] });
    const total = (name: string, length: 'months' | 'weeks', from: string, to: string) =>
      [...(year.get('north')?.[length].cells.get(name) ?? [])]
        .filter(({ period }) => period >= from && period < to)
        .reduce((sum, { whole }) => sum + whole, 0);
    // From the first Monday that begins a month to the next one.
    for (const { name } of definitions)
      expect([name, total(name, 'weeks', '2025-12-01', '2026-06-01')]).toEqual([
        name,
        total(name, 'months', '2025-12', '2026-06'),
      ]);
    expect(total('sold', 'weeks', '2025-12-01', '2026-06-01')).toBeGreaterThan(0);
  });
});
