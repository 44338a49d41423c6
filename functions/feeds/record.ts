/**
 * One record of a file: the columns that its source names, each with its values. A plain column has one value, a list
 * one for each entry. A missing entry is an empty text, so that parallel lists stay aligned.
 */
export interface FeedRecord {
  /**
   * The row where the record starts, counted from 1 and including all rows above; in XML and JSON, the number of the
   * record.
   */
  readonly row: number;
  readonly columns: ReadonlyMap<string, readonly string[]>;
  /** The byte after the record, if the file can be read on from there. */
  readonly endsAt?: number;
}

/** The place up to which a file was read. */
export interface ReadUpTo {
  readonly row: number;
  readonly offset: number;
}

/** A file as read from the bucket or from disk. */
export interface FileBytes {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** The part to resume with. If given, only the header is read from `bytes`. */
  readonly rest?: (ReadUpTo & { readonly bytes: AsyncIterable<Uint8Array> }) | undefined;
}

/** A single row that cannot be read. */
interface BrokenRow {
  readonly row: number;
  /** What identifies the row, if it is readable that far. */
  readonly key?: string;
  readonly broken: string;
}

export type ReadRow = FeedRecord | BrokenRow | TitleRow;

/** A line above the header of a report. */
interface TitleRow {
  readonly title: string;
}

/** A fault that makes the whole file suspect: nothing of it may be sent. */
export class FileStopped extends Error {
  readonly reason: 'empty' | 'missing-column' | 'unreadable' | 'truncated';
  constructor(reason: FileStopped['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

export const valuesOf = (record: FeedRecord, column: string): readonly string[] =>
  record.columns.get(column) ?? [];

/** The value of a column; for a list, the one at the given position. */
export function valueAt(record: FeedRecord, column: string, at: number | undefined): string {
  const values = valuesOf(record, column);
  return (at !== undefined && values.length > 1 ? values[at] : values[0]) ?? '';
}

/** Splits a list in one cell, `A|B`, at any of the separators. An empty part is an entry, too. */
export function splitCell(cell: string, separators: string): string[] {
  if (cell === '') return [];
  const [first = '', ...others] = separators;
  return others.reduce((text, other) => text.replaceAll(other, first), cell).split(first);
}
