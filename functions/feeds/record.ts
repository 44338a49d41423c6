/**
 * One record of a file: the columns that its source names, each with its values. A plain column has one, a list one for
 * each of its entries; an empty text stands where an entry has none, so that lists side by side stay aligned.
 */
export interface FeedRecord {
  /** The row in which it begins, counted from 1 with all rows above it; in XML and JSON the record's own number. */
  readonly row: number;
  readonly columns: ReadonlyMap<string, readonly string[]>;
  /** The byte behind it, where a file can be read on from there. */
  readonly endsAt?: number;
}

/** Up to where a file was read. */
export interface ReadUpTo {
  readonly row: number;
  readonly offset: number;
}

/** A file as it comes from the bucket or a disk. */
export interface FileBytes {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Where it is read on: of `bytes` nothing but the header is read then. */
  readonly rest?: (ReadUpTo & { readonly bytes: AsyncIterable<Uint8Array> }) | undefined;
}

/** A row that cannot be read, beside others that can. */
interface BrokenRow {
  readonly row: number;
  /** The number that names it, where the row goes that far. */
  readonly key?: string;
  readonly broken: string;
}

export type ReadRow = FeedRecord | BrokenRow | TitleRow;

/** A line above the header of a report. */
interface TitleRow {
  readonly title: string;
}

/** What makes the whole file suspect: nothing of it may be sent. */
export class FileStopped extends Error {
  readonly reason: 'empty' | 'missing-column' | 'unreadable' | 'truncated';
  constructor(reason: FileStopped['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

export const valuesOf = (record: FeedRecord, column: string): readonly string[] =>
  record.columns.get(column) ?? [];

/** The one value of a column; of a list, the one at that place. */
export function valueAt(record: FeedRecord, column: string, at: number | undefined): string {
  const values = valuesOf(record, column);
  return (at !== undefined && values.length > 1 ? values[at] : values[0]) ?? '';
}

/** Entries of a list in one cell: `A|B`, of which an empty place is an entry, too. Any of the separators ends one. */
export function splitCell(cell: string, separators: string): string[] {
  if (cell === '') return [];
  const [first = '', ...others] = separators;
  return others.reduce((text, other) => text.replaceAll(other, first), cell).split(first);
}
