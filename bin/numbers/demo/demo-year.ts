import { createHmac } from 'node:crypto';
import type { Keyed } from '../../../functions/customers/identity.ts';
import { addMonths, type LocalDate } from '../../../functions/group/business-time.ts';
import { type LedgerFact, monthOf } from '../../../functions/ledger/facts.ts';
import { pseudonymous } from '../../../functions/ledger/pseudonyms.ts';
import { TIME_ZONE } from './calendar.ts';
import { Chance } from './chance.ts';
import { lettersOf } from './letters.ts';
import type { Employee } from './staff.ts';
import { StoreYears } from './store-years.ts';

const MONTHS = 24;
/** Months of history before the two years shown, so that the second ownership year has cohorts. */
const MONTHS_BEFORE = 24;

interface Options {
  readonly storeIds: readonly string[];
  readonly seed: number;
  /** The last day. */
  readonly until: LocalDate;
}

interface DemoYear {
  readonly months: ReadonlyMap<string, readonly LedgerFact[]>;
  readonly people: readonly (Employee & { readonly storeId: string })[];
}

/** Not a secret: the customers do not exist. */
const keyed: Keyed = (lookUp) => createHmac('sha256', 'demo year').update(lookUp.join('\n')).digest('hex');

export function demoYear({ storeIds, seed, until }: Options): DemoYear {
  const thisMonth: LocalDate = `${until.slice(0, 7)}-01`;
  const from = addMonths(thisMonth, 1 - MONTHS - MONTHS_BEFORE);
  const stores = storeIds.map((storeId, at) => ({
    storeId,
    years: new StoreYears(storeId, { seed: seed * 1000 + at, from, until }),
  }));
  for (let back = MONTHS + MONTHS_BEFORE - 1; back >= 0; back -= 1) {
    for (const { years } of stores) years.month(addMonths(thisMonth, -back));
  }
  const ofStores = stores.flatMap(({ years }) => years.facts);
  const letters = lettersOf(ofStores, new Chance(seed));
  const facts = [...ofStores, ...letters].map((one) => pseudonymous(one, keyed, TIME_ZONE));
  return {
    months: Map.groupBy(facts, monthOf),
    people: stores.flatMap(({ storeId, years }) => years.staff.everybody.map((one) => ({ ...one, storeId }))),
  };
}
