import * as z from 'zod';
import type { Counted } from './cells.ts';
import type { Cell } from './definition.ts';

/**
 * What the weekly job stores: all numbers of one store, or of the group. Every reader queries it as a report queries
 * its cells: `askFor(numbers.weeks, 'sold', 'group', { from: week, to: week })`.
 */
export interface StoreNumbers {
  /** Undefined: the group's, which are split by store but not by person. */
  readonly storeId: string | undefined;
  /** When the job that counted them started. */
  readonly countedAt: string;
  /** By month, over five years (the group's over two). The current month is the last one. */
  readonly months: Counted;
  /** By week, over a year and a month (the group's over a quarter). A week's period is the date of its Monday. */
  readonly weeks: Counted;
}

/** Their folder in the ledger's bucket. */
export const NUMBERS = 'numbers/';

export const numbersFileOf = (storeId: string | undefined): string =>
  storeId === undefined ? `${NUMBERS}group.json` : `${NUMBERS}stores/${storeId}.json`;

/** Stores the numbers: one object for each store and one for the group, each written as a whole. */
export interface NumbersStore {
  /** Undefined if none were counted yet. Without a store: the group's. */
  read(storeId?: string): Promise<StoreNumbers | undefined>;
  write(numbers: StoreNumbers): Promise<void>;
}

const month = z.string().regex(/^\d{4}-\d{2}$/);
const name = z.string();
/** Period, person, breakdown, part, whole. */
const row = z.tuple([z.string(), z.string().nullable(), z.string().nullable(), z.number(), z.number()]);
/** By definition name, then by store id. */
const rows = z.record(name, z.record(name, z.array(row)));

const stored = z.object({
  version: z.literal(1),
  storeId: z.string().optional(),
  countedAt: z.iso.datetime(),
  today: z.iso.date(),
  since: month.optional(),
  months: rows,
  weeks: rows,
});
type Stored = z.infer<typeof stored>;
type Rows = z.infer<typeof rows>;

export function numbersInText(text: string): StoreNumbers {
  const { storeId, countedAt, today, since, months, weeks } = stored.parse(JSON.parse(text));
  const counted = (cells: Rows): Counted => ({ today, since, cells: cellsIn(cells) });
  return { storeId, countedAt, months: counted(months), weeks: counted(weeks) };
}

export function textOfNumbers({ storeId, countedAt, months, weeks }: StoreNumbers): string {
  const { today, since } = months;
  const kept: Stored = {
    version: 1,
    ...(storeId === undefined ? {} : { storeId }),
    countedAt,
    today,
    ...(since === undefined ? {} : { since }),
    months: rowsOf(months),
    weeks: rowsOf(weeks),
  };
  return JSON.stringify(kept);
}

const cellsIn = (all: Rows): ReadonlyMap<string, readonly Cell[]> =>
  new Map(
    Object.entries(all).map(([number, stores]) => [
      number,
      Object.entries(stores).flatMap(([storeId, each]) =>
        each.map(
          ([period, person, breakdown, part, whole]): Cell => ({
            storeId,
            person: person ?? undefined,
            period,
            breakdown: breakdown ?? undefined,
            part,
            whole,
          }),
        ),
      ),
    ]),
  );

const rowsOf = ({ cells }: Counted): Rows =>
  Object.fromEntries(
    [...cells].map(([number, all]) => [
      number,
      Object.fromEntries(
        [...Map.groupBy(all, ({ storeId }) => storeId)].map(([id, its]) => [id, its.map(rowOf)]),
      ),
    ]),
  );

const rowOf = ({ period, person, breakdown, part, whole }: Cell): z.infer<typeof row> => [
  period,
  person ?? null,
  breakdown ?? null,
  part,
  whole,
];
