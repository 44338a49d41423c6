import { type Absence, endOf, isOpenAt } from '../../feeds/absence.ts';
import { contentOf, type FeedFact, feedFact, isOver } from '../../feeds/fact.ts';
import type { FileFeed } from '../../feeds/file-feed.ts';
import type { FileReceipt } from '../../feeds/file-receipt.ts';
import { judgedWhere } from '../../feeds/judge-file.ts';
import { SeenRecords } from '../../feeds/seen-records.ts';
import { addRecordsOf, inOrder, isOf, type OtherFile, otherFiles } from './other-files.ts';
import { asFile, type Reading, saidBy, saidIn } from './reading.ts';
import { TOGETHER } from './send-changes.ts';

/** The records that an earlier file had and all files since lack. */
export interface AbsentRecords {
  readonly of: number;
  readonly ends: readonly FeedFact[];
}

const nothing: AbsentRecords = { of: 0, ends: [] };

/**
 * Finds what ended, for a feed whose files list everything that is open: a record that is missing. Nothing is stored
 * for this, because the last file with the record and those after it are still in the bucket. A second run finds the
 * same, and knows which of these records were already ended.
 */
export async function absentRecords(reading: Reading, judged: FileReceipt['judged']): Promise<AbsentRecords> {
  const { absence } = reading.feed.source;
  if (!absence || !judged) return nothing;
  const receipt = { ...reading.run.receipt, judged };
  const own = { receipt, at: saidBy(receipt, reading) };
  const all = oneOfEachMoment([...(await otherFiles(reading)), own]);
  const found: AbsentRecords[] = [];
  for (const { stores, files } of rowsOfFiles(all, receipt, absence))
    found.push(await absentIn(reading, absence, stores, files));
  return {
    of: found.reduce((sum, { of }) => sum + of, 0),
    ends: found.flatMap(({ ends }) => ends),
  };
}

/** Of two files with the same time, the one dropped later counts: the same file twice must not count as two nights. */
const oneOfEachMoment = (files: readonly OtherFile[]): readonly OtherFile[] => [
  ...new Map(inOrder(files).map((file) => [file.at, file])).values(),
];

interface RowOfFiles {
  readonly stores: readonly string[];
  readonly files: readonly OtherFile[];
}

/**
 * The latest files for each store, oldest first: one that may still have a record, and as many after it as the source
 * requires.
 */
function rowsOfFiles(
  all: readonly OtherFile[],
  own: FileReceipt,
  { afterFiles }: Absence,
): readonly RowOfFiles[] {
  const rows = new Map<string, RowOfFiles>();
  for (const storeId of own.judged?.stores ?? []) {
    const files = all.filter((file) => isOf(file, storeId)).slice(-afterFiles - 1);
    if (files.length <= afterFiles || !files.some(({ receipt }) => receipt.file === own.file)) continue;
    const id = files.map(({ receipt }) => receipt.file).join();
    rows.set(id, { files, stores: [...(rows.get(id)?.stores ?? []), storeId] });
  }
  return [...rows.values()];
}

async function absentIn(
  reading: Reading,
  absence: Absence,
  stores: readonly string[],
  [last, ...lacking]: readonly OtherFile[],
): Promise<AbsentRecords> {
  const seen = new SeenRecords();
  const [first] = lacking;
  if (!last || !first) return nothing;
  for (const file of lacking) if (!(await addRecordsOf(file, reading, seen))) return nothing;
  const opened = await reading.services.files.open(last.receipt);
  if (!opened) return nothing;
  const { feed, context } = reading;
  let of = 0;
  const isGone = (_row: number, { storeId, key }: { storeId: string | undefined; key: string }) => {
    if (storeId === undefined || !stores.includes(storeId)) return false;
    of += 1;
    return !seen.has({ storeId, key });
  };
  const gone: FeedFact[] = [];
  const newest = lacking.at(-1) ?? first;
  for await (const { key, mapped } of judgedWhere(
    isGone,
    asFile(last.receipt, opened),
    feed.source,
    context,
  )) {
    const fact = mapped.kind === 'event' ? feedFact(key, mapped) : undefined;
    if (fact && isOpenAt(fact, absence, newest.at)) gone.push(fact);
  }
  const open = await stillOpen(reading, gone);
  return { of, ends: open.map((fact) => endOf(fact, absence, sinceFile(reading, fact, first))) };
}

const sinceFile = (reading: Reading, { storeId }: FeedFact, { receipt }: OtherFile) => ({
  at: saidIn(zoneOf(reading, storeId), receipt, reading.feed),
  fileName: receipt.fileName,
});

const zoneOf = ({ context }: Reading, storeId: string): string =>
  [...context.stores.values()].find(({ id }) => id === storeId)?.timeZone ?? 'UTC';

/** The records whose last sent version is the one now missing, and whose end no other feed has reported. */
async function stillOpen(reading: Reading, gone: readonly FeedFact[]): Promise<readonly FeedFact[]> {
  const { services, feed } = reading;
  const keyed = await services.customerKey.read();
  const others = services.fileFeeds.filter((one) => one.name !== feed.name);
  const open: FeedFact[] = [];
  for (let at = 0; at < gone.length; at += TOGETHER) {
    const facts = gone.slice(at, at + TOGETHER);
    const known = await services.facts.read(
      feed.name,
      facts.map(({ id }) => id),
    );
    const sent = facts.filter((fact) => {
      const last = known.get(fact.id);
      return last && !last.isNoted && last.hash === keyed(['feed fact', contentOf(fact)]);
    });
    open.push(...(await withoutOver(reading, sent, others)));
  }
  return open;
}

async function withoutOver(
  { services }: Reading,
  facts: readonly FeedFact[],
  others: readonly FileFeed[],
): Promise<readonly FeedFact[]> {
  const over = new Set<string>();
  for (const other of others) {
    const ofStores = facts.filter(({ storeId }) => Object.values(other.stores).includes(storeId));
    const known = await services.facts.read(
      other.name,
      ofStores.map(({ id }) => id),
    );
    for (const { id, asOf } of ofStores) {
      const latest = known.get(id);
      if (latest && latest.asOf >= asOf && isOver(latest.detailType)) over.add(id);
    }
  }
  return facts.filter(({ id }) => !over.has(id));
}
