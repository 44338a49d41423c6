import type { Contract } from '../contracts/contract.ts';
import { localDate } from '../group/business-time.ts';
import { ANY_DEALER } from '../group/feed-settings.ts';
import type { Group, Store } from '../group/group.ts';
import { firstValue, holds, type Mapping, sumOf } from './apply-rule.ts';
import { NotConvertible } from './converters.ts';
import { Counts, type RecordCounts } from './count-records.ts';
import { type Mapped, mapRecord } from './map-record.ts';
import { canReadOn, readRecords } from './read-records.ts';
import { type FeedRecord, type FileBytes, FileStopped, valueAt } from './record.ts';
import type { Source, Taken } from './source.ts';
import { instantOfStamp, stampOfFile, stampOfTitle, type WrittenStamp } from './stamp.ts';

export interface FeedFile extends FileBytes {
  /** The file's modification time as an instant in UTC, for a source without a stamp. */
  readonly modifiedAt: string;
}

export interface FeedContext {
  readonly group: Group;
  /** The stores by the dealer name in the file; `*` is the store of a file that names no dealer. */
  readonly stores: ReadonlyMap<string, Store>;
  readonly contracts: readonly Contract[];
  readonly now: string;
}

/** What identifies a record from one file to the next. The store is unknown if the row is cut off. */
export interface RecordName {
  readonly storeId: string | undefined;
  readonly key: string;
}

/** The result for one record, with what identifies it. */
export interface Judged extends RecordName {
  readonly row: number;
  readonly mapped: Mapped;
}

/** With the byte offset after the record, if the file can be read on from there. */
export interface JudgedUpTo extends Judged {
  readonly endsAt?: number;
}

/** A reason to send nothing of a file. */
interface Stop {
  readonly reason: FileStopped['reason'] | 'other-dealer' | 'totals';
  readonly says: string;
}

/** What a file contains, and the reasons, if any, to send nothing of it. */
export interface Receipt extends RecordCounts {
  readonly stops: readonly Stop[];
  /** When the file was made, as it says itself. */
  readonly stamp: WrittenStamp | undefined;
  /** The stores that its records belong to. */
  readonly stores: readonly string[];
}

/**
 * Reads a file, judges each record and reports it through `tell`. Nothing is sent: the receipt says whether anything
 * may be. Bad records are passed over; a stop means that the whole file is suspect.
 */
export async function judgeFile(
  file: FeedFile,
  source: Source,
  context: FeedContext,
  tell: (judged: Judged) => void | Promise<void>,
): Promise<Receipt> {
  const counts = new Counts();
  const pass = new Pass(file, source, context);
  const receipt = (stops: Receipt['stops']): Receipt => ({ ...counts.sum, ...pass.found, stops });
  try {
    for await (const { judge } of recordsOf(file, source, pass)) {
      const judged = judge();
      counts.add(judged.mapped);
      await tell(judged);
    }
    return receipt(pass.stops(counts.read));
  } catch (error) {
    if (error instanceof FileStopped) return receipt([{ reason: error.reason, says: error.message }]);
    throw error;
  }
}

/** The requested records of a file that was already judged as a whole. The others are read but not mapped. */
export async function* judgedWhere(
  isAsked: (row: number, name: RecordName) => boolean,
  file: FeedFile,
  source: Source,
  context: FeedContext,
): AsyncGenerator<JudgedUpTo> {
  for await (const { row, name, endsAt, judge } of recordsOf(file, source, new Pass(file, source, context)))
    if (isAsked(row, name)) yield { ...judge(), ...(endsAt === undefined ? {} : { endsAt }) };
}

/** What identifies each record of such a file, even of records that are refused. */
export async function* namesIn(
  file: FeedFile,
  source: Source,
  context: FeedContext,
): AsyncGenerator<RecordName> {
  for await (const { name } of recordsOf(file, source, new Pass(file, source, context))) yield name;
}

interface NamedRecord {
  readonly row: number;
  readonly name: RecordName;
  readonly endsAt?: number | undefined;
  readonly judge: () => Judged;
}

async function* recordsOf(file: FeedFile, source: Source, pass: Pass): AsyncGenerator<NamedRecord> {
  const knowsBytes = canReadOn(file, source);
  for await (const one of readRecords(file, source)) {
    if ('title' in one) pass.title(one.title);
    else if ('broken' in one) {
      const name = { storeId: undefined, key: one.key ?? '' };
      yield { row: one.row, name, judge: () => ({ row: one.row, ...name, mapped: broken(one.broken) }) };
    } else if (!pass.isTrailer(one))
      yield { ...pass.named(one), endsAt: knowsBytes ? one.endsAt : undefined };
  }
}

const broken = (message: string): Mapped => ({ kind: 'refused', problems: [{ path: '', message }] });

/** The state of one reading of a file. */
class Pass {
  readonly #file: FeedFile;
  readonly #source: Source;
  readonly #context: FeedContext;
  #stamp: WrittenStamp | undefined;
  #total = 0;
  #trailer: FeedRecord | undefined;
  readonly #stores = new Set<string>();
  readonly #otherDealers = new Set<string>();

  constructor(file: FeedFile, source: Source, context: FeedContext) {
    this.#file = file;
    this.#source = source;
    this.#context = context;
    this.#stamp = stampOfFile(file.name, source);
  }

  title(line: string): void {
    // The title may have a time where the file's name has only a date.
    this.#stamp = stampOfTitle(line, this.#source) ?? this.#stamp;
  }

  isTrailer(record: FeedRecord): boolean {
    const { trailer } = this.#source;
    if (!trailer || !holds(trailer.when, { record }, this.#source.codes)) return false;
    this.#trailer = record;
    return true;
  }

  named(record: FeedRecord): NamedRecord {
    const { row } = record;
    const key = valueAt(record, this.#source.key, undefined).trim();
    const dealer = this.#dealerOf(record);
    const store = this.#context.stores.get(dealer);
    const name = { storeId: store?.id, key };
    if (store) {
      this.#stores.add(store.id);
      return { row, name, judge: () => ({ row, ...name, mapped: this.#judge(record, store) }) };
    }
    this.#otherDealers.add(dealer);
    const mapped = broken('it is of a dealer that is no store of this feed');
    return { row, name, judge: () => ({ row, ...name, mapped }) };
  }

  #judge(record: FeedRecord, store: Store): Mapped {
    const mapping = this.#mappingAt(store.timeZone);
    if (this.#source.total) this.#total += sumOf(this.#source.total, record, mapping);
    return mapRecord(record, this.#source, {
      ...mapping,
      ...{ group: this.#context.group, storeId: store.id, contracts: this.#context.contracts },
      stampedAt: this.#stamp ? instantOfStamp(this.#stamp, store.timeZone) : this.#file.modifiedAt,
      correlationId: `${this.#file.name}#${record.row}`,
    });
  }

  #dealerOf(record: FeedRecord): string {
    const { dealer } = this.#source;
    const named = dealer === undefined ? '' : valueAt(record, dealer, undefined).trim();
    return named === '' || this.#context.stores.has(ANY_DEALER) ? ANY_DEALER : named;
  }

  #mappingAt(timeZone: string): Mapping {
    const { dates, codes } = this.#source;
    const stampDate = this.#stamp?.date ?? localDate(timeZone, this.#file.modifiedAt);
    return { dates, codes, year: Number(this.#context.now.slice(0, 4)), timeZone, stampDate };
  }

  get found(): Pick<Receipt, 'stamp' | 'stores'> {
    return { stamp: this.#stamp, stores: [...this.#stores] };
  }

  stops(read: number): readonly Stop[] {
    return [
      ...(read === 0 ? [{ reason: 'empty', says: 'the file has no record' } as const] : []),
      ...this.#dealerStop(),
      ...this.#trailerStops(read),
    ];
  }

  #dealerStop(): readonly Stop[] {
    const others = [...this.#otherDealers];
    if (others.length === 0) return [];
    const says = `records of ${others.slice(0, 3).join(', ')}: no store of this feed. Was the right file sent?`;
    return [{ reason: 'other-dealer', says }];
  }

  #trailerStops(read: number): readonly Stop[] {
    const { trailer } = this.#source;
    return [
      ...this.#differs('records:', trailer?.records, read),
      ...this.#differs('a total in cents of', trailer?.total, this.#total),
    ];
  }

  #differs(what: string, rule: Taken | undefined, found: number): readonly Stop[] {
    if (!rule || !this.#trailer) return [];
    try {
      const says = firstValue([rule], { record: this.#trailer }, this.#mappingAt('UTC'));
      if (says === undefined || says === found) return [];
      return [{ reason: 'totals', says: `the file says ${what} ${says}, and has ${found}` }];
    } catch (error) {
      if (!(error instanceof NotConvertible)) throw error;
      return [{ reason: 'totals', says: `its own total can't be read: ${error.message}` }];
    }
  }
}
