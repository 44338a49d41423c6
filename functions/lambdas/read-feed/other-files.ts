import { placeOf } from '../../feeds/dropped-file.ts';
import { isPosted } from '../../feeds/file-feed.ts';
import type { FileReceipt } from '../../feeds/file-receipt.ts';
import { namesIn } from '../../feeds/judge-file.ts';
import { SeenRecords } from '../../feeds/seen-records.ts';
import { plusMinutes } from '../../group/business-time.ts';
import { asFile, type Reading, saidBy } from './reading.ts';
import type { HasNewer } from './send-changes.ts';

/** As long as the bucket keeps files. */
const KEPT_MINUTES = 14 * 24 * 60;
/** Records between two checks of the lease. */
const LOOK_EVERY = 5_000;

/** Another file of the feed that was judged as a whole, and the time for which it is valid. */
export interface OtherFile {
  readonly receipt: FileReceipt;
  readonly at: string;
}

/** The other files that may still be in the bucket, in no particular order. */
export async function otherFiles(reading: Reading): Promise<readonly OtherFile[]> {
  const { services, run, feed } = reading;
  const since = plusMinutes(services.clock.now(), -KEPT_MINUTES);
  const receipts = await services.receipts.since(feed.name, since);
  return receipts
    .filter(({ file, state, judged }) => file !== run.receipt.file && state !== 'stopped' && judged)
    .map((receipt) => ({ receipt, at: saidBy(receipt, reading) }));
}

/** Oldest first; of two files with the same time, the one that was dropped first. */
export const inOrder = (files: readonly OtherFile[]): readonly OtherFile[] =>
  files.toSorted(
    (one, other) => compare(one.at, other.at) || compare(one.receipt.modifiedAt, other.receipt.modifiedAt),
  );

const compare = (one: string, other: string) => (one < other ? -1 : Number(one > other));

/** Adds the records of another file. False if it is gone from the bucket. */
export async function addRecordsOf(
  { receipt }: OtherFile,
  { services, run, feed, context }: Reading,
  seen: SeenRecords,
): Promise<boolean> {
  const opened = await services.files.open(receipt);
  if (!opened) return false;
  let count = 0;
  for await (const name of namesIn(asFile(receipt, opened), feed.source, context)) {
    seen.add(name);
    count += 1;
    if (count % LOOK_EVERY === 0) await run.keepLease();
  }
  return true;
}

/**
 * A record in a file that arrives late does not count if a later file has it, too, whatever that one states: an
 * unchanged record leaves no trace of its own. So the later files are read again. If one is no longer in the bucket,
 * every record with a known version counts as contained in it.
 */
export async function newerThan(reading: Reading): Promise<HasNewer> {
  const { run, feed } = reading;
  if (isPosted(feed)) return () => false;
  const own = saidBy(run.receipt, reading);
  const newer = (await otherFiles(reading)).filter(({ at }) => at > own);
  if (newer.length === 0) return () => false;
  if (feed.source.absence) return ({ storeId }) => newer.some((one) => isOf(one, storeId));
  // Files of past years are compared with known versions only: otherwise each would read all the others.
  if (isOfPastYears(run.receipt)) return () => false;
  const seen = new SeenRecords();
  const found: boolean[] = [];
  for (const file of newer.filter(({ receipt }) => !isOfPastYears(receipt)))
    found.push(await addRecordsOf(file, reading, seen));
  const isOneGone = found.includes(false);
  return (name, isKnown) => (isOneGone && isKnown) || seen.has(name);
}

const isOfPastYears = ({ key }: FileReceipt): boolean => placeOf(key)?.isOfPastYears === true;

/** Whether the file decides about a store's records: one that lists everything open has the last word on all of them. */
export const isOf = ({ receipt: { judged } }: OtherFile, storeId: string | undefined): boolean =>
  storeId !== undefined && judged?.stores.includes(storeId) === true;
