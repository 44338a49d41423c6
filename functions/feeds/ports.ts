import type { KnownFact } from './compare.ts';
import type { DroppedFile } from './dropped-file.ts';
import type { FileReceipt } from './file-receipt.ts';

/** What the reader of files needs from outside, in addition to the common ports. */
export interface OpenedFile {
  readonly modifiedAt: string;
  /** Can be read once only. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Called for a file that will not be read after all. */
  close(): void;
}

export interface DroppedFiles {
  /** Undefined if the file is gone or was replaced. */
  open(file: DroppedFile): Promise<OpenedFile | undefined>;
  /** Reads from a byte offset to the end. */
  openFrom(file: DroppedFile, offset: number): Promise<AsyncIterable<Uint8Array> | undefined>;
}

/** A record of a file as an event for the bus. */
export interface FeedEvent {
  readonly source: string;
  readonly detailType: string;
  readonly detail: object;
}

export interface FeedBus {
  /** Throws unless the bus accepted all of them. */
  put(events: readonly FeedEvent[]): Promise<void>;
}

/** A receipt with the version that was read: the next one is written only if nobody wrote in between. */
export interface HeldReceipt {
  readonly receipt: FileReceipt;
  readonly version: number;
}

/** What identifies a file within a feed: when it was dropped, and a hash. */
export type FileId = Pick<FileReceipt, 'feed' | 'modifiedAt' | 'file'>;

export interface FileReceipts {
  read(id: FileId): Promise<HeldReceipt | undefined>;
  /** False if somebody wrote it since that version; without a version, if one exists already. */
  write(receipt: FileReceipt, version?: number): Promise<boolean>;
  /** Newest first. */
  newest(feed: string, count: number): Promise<readonly FileReceipt[]>;
  /** The receipts of all files dropped since the instant, in no particular order. */
  since(feed: string, instant: string): Promise<readonly FileReceipt[]>;
}

/** The version of a record to remember for comparison with the next file. */
export interface FactToKeep {
  readonly id: string;
  readonly detailType: string;
  readonly known: KnownFact;
  /** The date until which it is kept. */
  readonly until: string;
}

export interface FeedFacts {
  /** Reads by id, at most a hundred at a time. */
  read(feed: string, ids: readonly string[]): Promise<ReadonlyMap<string, KnownFact>>;
  /** Does not replace a version that a newer file wrote in the meantime. */
  keep(feed: string, facts: readonly FactToKeep[]): Promise<void>;
}

/** A row that could not become an event: its fields and what each was expected to be, without the values. */
export interface RefusedRow {
  readonly feed: string;
  readonly key: string;
  readonly source: string;
  readonly detailType: string | undefined;
  readonly reason: string;
  /** The file and the row number. */
  readonly place: string;
  readonly at: string;
}

export interface RefusedRows {
  /** The reasons of all refused rows that are waiting for a better version, by row key. */
  of(feed: string): Promise<ReadonlyMap<string, string>>;
  keep(row: RefusedRow): Promise<void>;
  takeOff(feed: string, key: string): Promise<void>;
}
