import type { KnownFact } from './compare.ts';
import type { DroppedFile } from './dropped-file.ts';
import type { FileReceipt } from './file-receipt.ts';

/** What the reader of files needs from outside, beside the ports of everybody. */
export interface OpenedFile {
  readonly modifiedAt: string;
  /** Read at most once. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** For a file that is not read after all. */
  close(): void;
}

export interface DroppedFiles {
  /** Undefined if the file is gone, or if another one has taken its place. */
  open(file: DroppedFile): Promise<OpenedFile | undefined>;
  /** From a byte on. */
  openFrom(file: DroppedFile, offset: number): Promise<AsyncIterable<Uint8Array> | undefined>;
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

/** A receipt as it was read: its next version is written on the condition that nobody else wrote it since. */
export interface HeldReceipt {
  readonly receipt: FileReceipt;
  readonly version: number;
}

/** Which file of a feed it is: when it was dropped, and a hash of it. */
export type FileId = Pick<FileReceipt, 'feed' | 'modifiedAt' | 'file'>;

export interface FileReceipts {
  read(id: FileId): Promise<HeldReceipt | undefined>;
  /** False if it was written since. Without a version: if there is one already. */
  write(receipt: FileReceipt, version?: number): Promise<boolean>;
  /** The newest first. */
  newest(feed: string, count: number): Promise<readonly FileReceipt[]>;
  /** Of all files that were dropped since, in any order. */
  since(feed: string, instant: string): Promise<readonly FileReceipt[]>;
}

/** A fact whose version is to be known when the next file has it. */
export interface FactToKeep {
  readonly id: string;
  readonly detailType: string;
  readonly known: KnownFact;
  /** A date. */
  readonly until: string;
}

export interface FeedFacts {
  /** By their ids, a hundred at most. */
  read(feed: string, ids: readonly string[]): Promise<ReadonlyMap<string, KnownFact>>;
  /** Leaves a version alone that a newer file said meanwhile. */
  keep(feed: string, facts: readonly FactToKeep[]): Promise<void>;
}

/** A row that could not become an event: its fields and what was expected of each, without the values. */
export interface RefusedRow {
  readonly feed: string;
  readonly key: string;
  readonly source: string;
  readonly detailType: string | undefined;
  readonly reason: string;
  /** The file and the row. */
  readonly place: string;
  readonly at: string;
}

export interface RefusedRows {
  /** The reasons by the key of the row, of all that wait for a better version. */
  of(feed: string): Promise<ReadonlyMap<string, string>>;
  keep(row: RefusedRow): Promise<void>;
  takeOff(feed: string, key: string): Promise<void>;
}
