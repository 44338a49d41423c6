import { addDays, calendarOf, localDate, openingOn } from '../group/business-time.ts';
import { departmentsOf, type Store } from '../group/group.ts';
import { type Absent, isTooMuch } from './absence.ts';
import { type FileFeed, isPosted } from './file-feed.ts';
import type { FileReceipt, JudgedFile, Stop } from './file-receipt.ts';
import { stampOfFile } from './stamp.ts';

export interface Guarded {
  readonly feed: FileFeed;
  readonly receipt: FileReceipt;
  readonly judged: JudgedFile;
  /** The row counts of previous files, newest first. */
  readonly rowsBefore: readonly number[];
  /** The records that would be over after this file, because they are missing from the last files. */
  readonly absent: Absent;
  /** The stores that the feed covers. */
  readonly stores: readonly Store[];
}

/** A file with fewer rows than this share of the usual is cut off, or a different report. */
const LEAST_SHARE = 0.6;
/** With fewer files before it, nothing is usual yet. */
const LEAST_FILES = 3;
const USUAL_FILES = 10;
/** A holiday and a weekend may lie in between; if a file's newest day is older still, last week's file was sent again. */
const STALE_AFTER_OPEN_DAYS = 3;

/**
 * What makes a whole file suspect apart from its rows. Each stop says what to do. Files of past years are checked by
 * name only.
 */
export function guardsOf(guarded: Guarded): readonly Stop[] {
  // A post is about one recent change, however small, and we choose its name.
  if (isPosted(guarded.feed)) return [];
  const named = unknownName(guarded);
  if (guarded.receipt.isHistory) return named;
  return [...named, ...tooFew(guarded), ...shrunken(guarded), ...stale(guarded), ...absent(guarded)];
}

function unknownName({ feed: { source }, receipt: { fileName } }: Guarded): readonly Stop[] {
  const { fileName: pattern, title, column } = source.stamp;
  if (pattern === undefined || title !== undefined || column !== undefined) return [];
  if (stampOfFile(fileName, source)) return [];
  const says = `its name does not say when it was made, as names of ${source.name} do. If it is the right file, drop it with the name that its sender gave it`;
  return [{ reason: 'unknown-name', says }];
}

function tooFew({ feed: { minRows = 0 }, judged: { read } }: Guarded): readonly Stop[] {
  if (read >= minRows) return [];
  const says = `${read} rows, and minRows of the feed is ${minRows}. Have it sent again, or lower minRows`;
  return [{ reason: 'too-few-rows', says }];
}

function shrunken({ judged, rowsBefore }: Guarded): readonly Stop[] {
  const before = rowsBefore.slice(0, USUAL_FILES);
  if (before.length < LEAST_FILES) return [];
  const usual = median(before);
  if (judged.read >= usual * LEAST_SHARE) return [];
  const says = `${judged.read} rows where the last files had about ${usual}. Have it sent again; if so few are right, drop it into the folder history of the feed`;
  return [{ reason: 'shrunken', says }];
}

function median(all: readonly number[]): number {
  const sorted = all.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function absent({ feed: { source }, absent: { gone, of } }: Guarded): readonly Stop[] {
  const { absence } = source;
  if (!absence || !isTooMuch({ gone, of }, absence)) return [];
  const says = `${gone} of ${of} are in none of the last ${absence.afterFiles} files. Ask whether the report lists all that is open; if so many are over, drop it into the folder history of the feed`;
  return [{ reason: 'absent', says }];
}

function stale({ receipt, judged: { newestOn }, stores }: Guarded): readonly Stop[] {
  if (newestOn === undefined) return [];
  const isStale = stores.every(
    (store) => openDaysSince(newestOn, store, receipt.modifiedAt) > STALE_AFTER_OPEN_DAYS,
  );
  if (!isStale || stores.length === 0) return [];
  const says = `its newest visit or sale is of ${newestOn}: an old file was sent again. Ask for last night's; if it is the right one, drop it into the folder history of the feed`;
  return [{ reason: 'stale', says }];
}

/** The days in between on which any department of the store was open. */
function openDaysSince(date: string, store: Store, now: string): number {
  const calendars = departmentsOf(store).map((department) => calendarOf(store, department));
  const today = localDate(store.timeZone, now);
  let days = 0;
  for (let day = addDays(date, 1); day < today && days <= STALE_AFTER_OPEN_DAYS; day = addDays(day, 1))
    if (calendars.some((calendar) => openingOn(calendar, day) !== undefined)) days += 1;
  return days;
}
