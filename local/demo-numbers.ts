import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoYear } from '../bin/numbers/demo/demo-year.ts';
import { monthFilesIn, writeMonthFile } from '../bin/numbers/month-files.ts';
import { defaultNudgePolicy } from '../functions/group/nudge-policy.ts';
import { monthsBack } from '../functions/numbers/periods.ts';
import { proposalsFrom } from '../functions/numbers/proposals.ts';
import { numbersPage } from '../functions/pages/numbers-page.ts';
import { once } from '../functions/runtime/once.ts';

/** Example numbers of two stores that do not exist, after two years. */
export interface DemoNumbers {
  page(): Promise<string>;
}

const stores: Readonly<Record<string, string>> = { north: 'North Honda', south: 'South Subaru' };
const SEED = 7;
const MONTHS_SHOWN = 24;

/** Computed on the first request, which takes some seconds. The page stays the same during the run. */
export const createDemoNumbers = (now: () => number): DemoNumbers => ({ page: once(() => make(now())) });

async function make(now: number): Promise<string> {
  const until = new Date(now).toISOString().slice(0, 10);
  const { months, people } = demoYear({ storeIds: Object.keys(stores), seed: SEED, until });
  const folder = mkdtempSync(join(tmpdir(), 'demo-numbers-'));
  try {
    for (const [month, facts] of months) writeMonthFile(folder, month, facts);
    // DuckDB is large, so it is loaded only when somebody asks.
    const { NumbersDatabase } = await import('../bin/numbers/duckdb.ts');
    const database = await NumbersDatabase.over(monthFilesIn(folder));
    const counted = await database.count(until);
    return numbersPage({
      counted,
      selection: { from: monthsBack(until, MONTHS_SHOWN) },
      of: { group: { displayName: 'Two stores that do not exist' } },
      proposals: proposalsFrom({ cells: counted.cells, policyOf: () => defaultNudgePolicy }),
      names: {
        store: (id) => stores[id] ?? id,
        person: (storeId, number) =>
          people.find((one) => one.storeId === storeId && one.employeeNumber === number)?.name ?? number,
      },
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
