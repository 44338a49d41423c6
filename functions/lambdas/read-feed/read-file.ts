import { incomingEvents } from '../../events.ts';
import { type DroppedFile, type FilePlace, fileIdOf, placeOf } from '../../feeds/dropped-file.ts';
import { pastDayOf } from '../../feeds/fact.ts';
import { type FileFeed, isPosted } from '../../feeds/file-feed.ts';
import type { FileReceipt, JudgedFile, Stop } from '../../feeds/file-receipt.ts';
import { guardsOf } from '../../feeds/guards.ts';
import {
  type FeedContext,
  type Judged,
  type JudgedUpTo,
  judgedWhere,
  judgeFile,
} from '../../feeds/judge-file.ts';
import type { FileId, OpenedFile } from '../../feeds/ports.ts';
import { findStore } from '../../group/group.ts';
import { absentRecords } from './absent-records.ts';
import { FileRun, LeaseLost } from './file-run.ts';
import { newerThan } from './other-files.ts';
import { asFile, type Reading, type ReadingServices } from './reading.ts';
import { Changes, TOGETHER } from './send-changes.ts';

/** The result for a file. An `unfinished` one is resumed from its checkpoint by the next invocation. */
export type Outcome =
  | { readonly is: 'no-file' | 'gone' | 'not-now' }
  | { readonly is: 'read' | 'stopped' | 'unfinished'; readonly receipt: FileReceipt };

/** The receipts from which we know the usual length of the feed's files, and whether this is the first. */
const FILES_BEFORE = 20;

/** Reads a dropped file, unless the same event came before. */
export async function readDropped(
  services: ReadingServices,
  dropped: DroppedFile,
  timeIsUp: () => boolean,
): Promise<Outcome> {
  const place = placeOf(dropped.key);
  if (!place) return { is: 'no-file' };
  const opened = await services.files.open(dropped);
  // The file that replaced it has an event of its own.
  if (!opened) return { is: 'gone' };
  const blank = await blankReceipt(services, dropped, place, opened.modifiedAt);
  const run = await FileRun.take(services, blank, await services.receipts.read(blank));
  if (run && run.receipt.state === 'reading') return readOn(services, run, opened, timeIsUp);
  opened.close();
  return run ? { is: 'stopped', receipt: run.receipt } : { is: 'not-now' };
}

/** Resumes a file whose reading ended too early, at the place that its receipt names. */
export async function readUnfinished(
  services: ReadingServices,
  id: FileId,
  timeIsUp: () => boolean,
): Promise<Outcome> {
  const held = await services.receipts.read(id);
  const run = held && (await FileRun.take(services, held.receipt, held));
  if (!run) return { is: 'not-now' };
  if (run.receipt.state === 'stopped') return { is: 'stopped', receipt: run.receipt };
  const opened = await services.files.open(run.receipt);
  if (opened) return readOn(services, run, opened, timeIsUp);
  return stopped(run, [gone]);
}

const gone: Stop = {
  reason: 'gone',
  says: 'it was removed or replaced while it was read: drop it again',
};

async function blankReceipt(
  { clock, receipts, fileFeeds }: ReadingServices,
  dropped: DroppedFile,
  { feedName, fileName, isOfPastYears }: FilePlace,
  modifiedAt: string,
): Promise<FileReceipt> {
  const feed = fileFeeds.find(({ name }) => name === feedName);
  const hasNights = feed !== undefined && !isPosted(feed);
  const before = hasNights ? await receipts.newest(feedName, FILES_BEFORE) : [];
  const isFirst = hasNights && !before.some(({ state }) => state === 'read');
  return {
    ...{ feed: feed ? feedName : OF_NO_FEED, fileName, ...dropped, modifiedAt },
    ...{ file: fileIdOf(dropped, modifiedAt), state: 'reading', startedAt: clock.now(), tries: 0, stops: [] },
    isHistory: isOfPastYears || isFirst,
    progress: { row: 0, sent: {}, unchanged: 0, passedOver: {}, ended: {}, refusalsKept: 0 },
  };
}

/** The name under which receipts of files outside any feed's folder are stored. No feed can have this name. */
const OF_NO_FEED = '*';

async function readOn(
  services: ReadingServices,
  run: FileRun,
  opened: OpenedFile,
  timeIsUp: () => boolean,
): Promise<Outcome> {
  const feed = services.fileFeeds.find(({ name }) => name === run.receipt.feed);
  if (!feed) {
    opened.close();
    return stopped(run, [noFeed]);
  }
  const reading = { services, run, feed, context: contextOf(services, feed), timeIsUp };
  try {
    if (run.receipt.judged) return await sendAll(reading, opened);
    const { stops, judged } = await judge(reading, opened);
    if (stops.length > 0) return await stopped(run, stops, { judged });
    await run.save({ judged, tries: 0 });
    const again = await services.files.open(run.receipt);
    return again ? await sendAll(reading, again) : await stopped(run, [gone]);
  } catch (error) {
    if (error instanceof LeaseLost) return { is: 'not-now' };
    // Otherwise the next invocation would have to wait for the lease to end.
    await run.release().catch(() => undefined);
    throw error;
  }
}

const noFeed: Stop = {
  reason: 'unknown-feed',
  says: "it lies in the folder of no feed: name the folder after one of the feeds in the group's file, and drop it again",
};

async function stopped(
  run: FileRun,
  stops: readonly Stop[],
  change: Partial<FileReceipt> = {},
): Promise<Outcome> {
  await run.stop(stops, change);
  return { is: 'stopped', receipt: run.receipt };
}

/** Records between two checks of the remaining time. */
const LOOK_EVERY = 500;

class TooLong extends Error {
  override message = 'it cannot be judged as a whole within a quarter of an hour: drop it in parts';
}

/** The first reading: counts and judges the whole file, and sends nothing. */
async function judge(
  reading: Reading,
  opened: OpenedFile,
): Promise<{ readonly stops: readonly Stop[]; readonly judged?: JudgedFile }> {
  const { services, run, feed, context, timeIsUp } = reading;
  const { modifiedAt } = run.receipt;
  const today = modifiedAt.slice(0, 10);
  let newestOn: string | undefined;
  let count = 0;
  const look = async ({ mapped }: Judged) => {
    count += 1;
    if (mapped.kind === 'event')
      newestOn = later(newestOn, pastDayOf(mapped.detailType, mapped.detail, today));
    if (count % LOOK_EVERY !== 0) return;
    if (timeIsUp()) throw new TooLong();
    await run.keepLease();
  };
  try {
    const { stops, ...counts } = await judgeFile(asFile(run.receipt, opened), feed.source, context, look);
    const judged = { ...counts, stores: [...counts.stores], newestOn };
    if (stops.length > 0) return { stops, judged };
    const before = await services.receipts.newest(feed.name, FILES_BEFORE);
    const rowsBefore = before.flatMap(({ state, isHistory, judged: of }) =>
      state === 'read' && !isHistory && of ? [of.read] : [],
    );
    const stores = [...context.stores.values()];
    const { of, ends } = await absentRecords(reading, judged);
    const absent = { of, gone: ends.length };
    const guarded = { feed, receipt: run.receipt, judged, rowsBefore, stores, absent };
    return { judged, stops: guardsOf(guarded) };
  } catch (error) {
    if (error instanceof TooLong) return { stops: [{ reason: 'too-long', says: error.message }] };
    throw error;
  }
}

const later = (one: string | undefined, other: string | undefined) =>
  one === undefined || (other !== undefined && other > one) ? other : one;

/** The second reading, which starts after the checkpoint. */
async function sendAll(reading: Reading, opened: OpenedFile): Promise<Outcome> {
  const { services, run, feed, context, timeIsUp } = reading;
  const changes = await Changes.of(services, feed, run.receipt, await newerThan(reading));
  const { row, upTo } = run.receipt.progress;
  const isBehind = (one: number) => one > row;
  let records: JudgedUpTo[] = [];
  let batches = 0;
  const rest = upTo && (await services.files.openFrom(run.receipt, upTo.offset));
  const file = { ...asFile(run.receipt, opened), rest: rest && { ...upTo, bytes: rest } };
  for await (const judged of judgedWhere(isBehind, file, feed.source, context)) {
    records.push(judged);
    if (records.length < TOGETHER) continue;
    await changes.send(records);
    records = [];
    batches += 1;
    if (timeIsUp()) {
      await run.release({ progress: changes.progress, tries: 0 });
      return { is: 'unfinished', receipt: run.receipt };
    }
    if (batches % SAVED_EVERY === 0 || run.isOld()) await run.save({ progress: changes.progress, tries: 0 });
  }
  await changes.send(records);
  await changes.end((await absentRecords(reading, run.receipt.judged)).ends);
  await run.finish({ progress: changes.progress });
  await services.feeds.noteFileRead(feed.name, services.clock.now());
  return { is: 'read', receipt: run.receipt };
}

/** Batches between two checkpoints. After a killed run, this much is read again and found to be known. */
const SAVED_EVERY = 20;

function contextOf({ group, clock }: ReadingServices, { stores }: FileFeed): FeedContext {
  const known = Object.entries(stores).flatMap(([dealer, id]) => {
    const store = findStore(group, id);
    return store ? [[dealer, store] as const] : [];
  });
  return { group, stores: new Map(known), contracts: incomingEvents, now: clock.now() };
}
