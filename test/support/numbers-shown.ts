import type { Counted } from '../../functions/numbers/cells.ts';
import type { Cell } from '../../functions/numbers/definition.ts';
import { monthsBack } from '../../functions/numbers/periods.ts';
import type { Proposal } from '../../functions/numbers/proposals.ts';
import { numbersPage } from '../../functions/pages/numbers-page.ts';
import type { World } from '../kinds/emails.ts';

const TODAY = '2026-11-23';
const MONTHS = 13;

type Sort = readonly [name: string, breakdown: string | undefined, part: number, whole: number];

const monthly: readonly Sort[] = [
  ['sold', undefined, 42, 42],
  ['introduced', undefined, 24, 42],
  ['first-visit-booked', undefined, 18, 42],
  ['first-service-show', undefined, 21, 36],
  ['referred-to-sales', undefined, 6, 118],
  ['referrals-accepted', undefined, 5, 6],
  ['referred-to-service', undefined, 2, 2],
  ['referrals-sold', 'upgrade-conversation', 1, 6],
  ['time-to-accept', 'service-introduction', 48, 42],
  ['silences', 'open-complaint', 4, 4],
  ['silences', 'bought-lately', 7, 7],
  ['precision', 'equity', 2, 5],
  ['email-outcomes', 'introduction-to-customer delivered', 36, 40],
  ['email-outcomes', 'introduction-to-customer bounced', 2, 40],
  ['email-outcomes', 'introduction-to-customer complained', 0, 40],
  ['email-outcomes', 'introduction-to-customer opted out', 2, 40],
];

const cellsIn = (world: World, period: string, at: number): (Cell & { readonly name: string })[] =>
  monthly.map(([name, breakdown, part, whole]) => {
    const person = name.startsWith('referr') ? world.advisor : world.seller;
    const isOfNobody = breakdown !== undefined;
    return {
      ...{ name, storeId: world.store.id, period, breakdown },
      person: isOfNobody ? undefined : person.employeeNumber,
      part: Math.max(0, part - (name === 'introduced' ? at % 5 : 0)),
      whole,
    };
  });

/** A year of a store, made up, so that each picture has something to show. */
function countedIn(world: World): Counted {
  const months = Array.from({ length: MONTHS }, (_, at) => monthsBack(TODAY, MONTHS - at));
  const cells = [
    ...months.flatMap((month, at) => cellsIn(world, month, at)),
    ...['2024-02', '2024-06', '2025-03', '2025-09'].flatMap((period, at) =>
      (['1', '2'] as const).slice(0, at < 2 ? 2 : 1).map((breakdown) => ({
        ...{ name: 'retention', storeId: world.store.id, person: undefined, period, breakdown },
        ...{ part: 30 - 9 * Number(breakdown) + at, whole: 40 },
      })),
    ),
  ];
  return { today: TODAY, since: '2024-02', cells: Map.groupBy(cells, ({ name }) => name) };
}

/** A stricter setting that the past speaks for, and a looser one of which only the number is known. */
export const proposalsShown = (storeId: string): readonly Proposal[] => [
  {
    ...{ way: 'stricter', storeId, reason: 'repair-against-value', setting: 'repairSharePercent' },
    ...{ from: 30, to: 40, goes: { part: 3, whole: 34 }, stays: { part: 24, whole: 61 } },
    ...{ difference: -0.3, low: -0.443, high: -0.124 },
  },
  {
    ...{
      way: 'looser',
      storeId,
      reason: 'declined-work',
      setting: 'declinedCents',
      from: 100_000,
      to: 50_000,
    },
    more: 27,
  },
];

export const numbersPageOf = (world: World): string =>
  numbersPage({
    counted: countedIn(world),
    selection: { storeId: world.store.id, from: monthsBack(TODAY, MONTHS) },
    names: {
      store: () => world.store.name,
      person: (_store, number) =>
        [world.advisor, world.seller, world.manager].find(({ employeeNumber }) => employeeNumber === number)
          ?.name ?? number,
    },
    of: { group: world.group, store: world.store },
    proposals: proposalsShown(world.store.id),
    file: '/s/0123456789abcdef/secret/numbers.csv',
  });
