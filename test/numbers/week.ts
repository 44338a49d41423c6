import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NumbersDatabase } from '../../bin/numbers/duckdb.ts';
import { monthFilesIn, writeMonthFile } from '../../bin/numbers/month-files.ts';
import { type LedgerFact, monthOf } from '../../functions/ledger/facts.ts';
import { type Gathering, gather } from '../../functions/numbers/gather.ts';
import { numbersQueries } from '../../functions/numbers/queries.ts';
import { numbersInText, type StoreNumbers, textOfNumbers } from '../../functions/numbers/store-numbers.ts';

/**
 * The numbers that the weekly job would keep of these facts, counted by DuckDB: each store's by its id, the group's under
 * undefined. As read from the bucket, so that what a file can't hold is missing here, too.
 */
export async function numbersOfFacts(
  facts: readonly LedgerFact[],
  gathering: Gathering,
): Promise<ReadonlyMap<string | undefined, StoreNumbers>> {
  const folder = mkdtempSync(join(tmpdir(), 'week-'));
  try {
    for (const [month, its] of Map.groupBy(facts, monthOf)) writeMonthFile(folder, month, its);
    const database = await NumbersDatabase.over(monthFilesIn(folder));
    const answers = numbersQueries(gathering.today).map((query) => ({
      ...query,
      cells: (async function* () {
        yield* await database.answer(query);
      })(),
    }));
    const numbers = new Map<string | undefined, StoreNumbers>();
    for await (const each of gather(answers, gathering))
      numbers.set(each.storeId, numbersInText(textOfNumbers(each)));
    return numbers;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
