import type { DroppedFile } from './dropped-file.ts';

/** What the reader of files needs from outside, beside the ports of everybody. */
export interface OpenedFile {
  readonly modifiedAt: string;
  /** Read at most once. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

export interface DroppedFiles {
  /** Undefined if the file is gone, or if another one lies in its place. */
  open(file: DroppedFile): Promise<OpenedFile | undefined>;
}

/** What a record of a file says, for the bus. */
export interface FeedEvent {
  readonly source: string;
  readonly detailType: string;
  readonly detail: object;
}

export interface FeedBus {
  /** Throws unless the bus took all of them. */
  put(events: readonly FeedEvent[]): Promise<void>;
}
