import type { Retention } from '../../group/retention.ts';
import type { LedgerFact } from '../../ledger/facts.ts';
import { inOrder, isStale, type Month, mayBeDisposed } from '../../ledger/months.ts';
import type { MonthFiles, OutcomeMonths } from '../../ledger/ports.ts';
import type { Clock } from '../../ports.ts';

export interface LedgerServices {
  readonly clock: Clock;
  readonly group: { readonly retention: Retention };
  readonly months: OutcomeMonths;
  readonly files: MonthFiles;
}

const DAYS_OF_MONTH = 28;

/**
 * Writes each month that has new facts as a whole, oldest first. Writing a month again, even after a crash, gives the
 * same file. A month for which time runs out is written the next night.
 */
export async function writeLedger(
  services: LedgerServices,
  timeIsUp: () => boolean,
): Promise<{ written: readonly string[]; left: number }> {
  const months = (await services.months.all()).filter(isStale);
  const written: string[] = [];
  for (const month of months) {
    if (timeIsUp()) break;
    const readFrom = services.clock.now();
    const file = await services.files.write(month.month, factsOf(services, month, readFrom));
    await services.months.written(month.month, { readFrom, ...file });
    written.push(month.month);
  }
  return { written, left: months.length - written.length };
}

/** Store by store, so that the memory holds one store's month at a time. */
async function* factsOf(
  { months, files, group }: LedgerServices,
  month: Month,
  now: string,
): AsyncGenerator<LedgerFact> {
  const before = new Map<string, LedgerFact[]>();
  if (month.file && mayBeDisposed(month, now, group.retention.months * DAYS_OF_MONTH)) {
    for await (const fact of files.read(month.month, month.file.parts)) {
      before.set(fact.storeId, [...(before.get(fact.storeId) ?? []), fact]);
    }
  }
  const stores = new Set([...before.keys(), ...month.changes.map(({ storeId }) => storeId)]);
  for (const storeId of [...stores].toSorted()) {
    const kept = await months.factsOf(storeId, month.month);
    yield* inOrder([...(before.get(storeId) ?? []), ...kept]);
  }
}
