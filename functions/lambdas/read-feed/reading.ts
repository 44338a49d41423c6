import type { FileFeed } from '../../feeds/file-feed.ts';
import type { FileReceipt } from '../../feeds/file-receipt.ts';
import type { FeedContext, FeedFile } from '../../feeds/judge-file.ts';
import type { DroppedFiles, FileReceipts, OpenedFile } from '../../feeds/ports.ts';
import { saidAt, stampOfFile } from '../../feeds/stamp.ts';
import type { Feeds, Random } from '../../ports.ts';
import type { FileRun } from './file-run.ts';
import type { SendingServices } from './send-changes.ts';

export interface ReadingServices extends SendingServices {
  readonly fileFeeds: readonly FileFeed[];
  readonly files: DroppedFiles;
  readonly receipts: FileReceipts;
  readonly feeds: Pick<Feeds, 'noteFileRead'>;
  readonly random: Pick<Random, 'id'>;
}

/** The state of one invocation that reads a file. */
export interface Reading {
  readonly services: ReadingServices;
  readonly run: FileRun;
  readonly feed: FileFeed;
  readonly context: FeedContext;
  readonly timeIsUp: () => boolean;
}

export const asFile = ({ fileName }: FileReceipt, { modifiedAt, bytes }: OpenedFile): FeedFile => ({
  ...{ name: fileName, modifiedAt, bytes },
});

/** The time for which a file is valid, for comparison with the feed's other files: all use the clock of one store. */
export const saidBy = (receipt: FileReceipt, reading: Pick<Reading, 'feed' | 'context'>): string => {
  const [zone = 'UTC'] = [...reading.context.stores.values()].map(({ timeZone }) => timeZone);
  return saidIn(zone, receipt, reading.feed);
};

/** The same on a given store's clock. */
export const saidIn = (
  timeZone: string,
  { judged, fileName, modifiedAt }: FileReceipt,
  { source }: FileFeed,
): string => saidAt(judged?.stamp ?? stampOfFile(fileName, source), { timeZone, modifiedAt });
