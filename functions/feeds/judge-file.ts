import * as z from 'zod';
import type { Contract } from '../contracts/contract.ts';
import { localDate } from '../group/business-time.ts';
import { ANY_DEALER } from '../group/feed-settings.ts';
import type { Group, Store } from '../group/group.ts';
import { firstValue, holds, type Mapping, sumOf } from './apply-rule.ts';
import { NotConvertible } from './converters.ts';
import { type Detail, type Mapped, mapRecord } from './map-record.ts';
import { readRecords } from './read-records.ts';
import { type FeedRecord, FileStopped, valueAt } from './record.ts';
import type { Source, Taken } from './source.ts';
import { instantOfStamp, stampOfFile, stampOfTitle, type WrittenStamp } from './stamp.ts';

export interface FeedFile {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** The file's own time, for a source that says no other; an instant in UTC. */
  readonly modifiedAt: string;
}

export interface FeedContext {
  readonly group: Group;
  /** The stores by the dealer that the file names them by; `*` is the store of a file that names none. */
  readonly stores: ReadonlyMap<string, Store>;
  readonly contracts: readonly Contract[];
  readonly now: string;
}

/** What became of one record, beside the number that names it. */
export interface Judged {
  readonly row: number;
  readonly key: string;
  readonly mapped: Mapped;
}

/** Why nothing of a file may be sent. */
interface Stop {
  readonly reason: FileStopped['reason'] | 'other-dealer' | 'totals';
  readonly says: string;
}

/** What a file holds: read = events + skipped + waiting + refused. */
export interface Receipt {
  readonly read: number;
  readonly events: Readonly<Record<string, number>>;
  readonly skipped: Readonly<Record<string, number>>;
  readonly waiting: Readonly<Record<string, number>>;
  readonly refused: number;
  /** What the events say in cents, by field: what was paid by whom, and what was quoted. */
  readonly cents: Readonly<Record<string, number>>;
  readonly stops: readonly Stop[];
}

/**
 * Reads a file and judges each record, telling of each as it goes. Nothing is sent: the receipt says whether anything
 * may be. Bad records stand beside good ones; what makes the whole file suspect is a stop.
 */
export async function judgeFile(
  file: FeedFile,
  source: Source,
  context: FeedContext,
  tell: (judged: Judged) => void | Promise<void>,
): Promise<Receipt> {
  const counts = new Counts();
  const pass = new Pass(file, source, context);
  try {
    for await (const judged of recordsOf(file, source, pass)) {
      counts.add(judged.mapped);
      await tell(judged);
    }
    return counts.receipt(pass.stops(counts.read));
  } catch (error) {
    if (error instanceof FileStopped) return counts.receipt([{ reason: error.reason, says: error.message }]);
    throw error;
  }
}

/** The records of a file that was judged as a whole, from behind the given row: what comes before it is not mapped. */
export const judgedAfter = (
  row: number,
  file: FeedFile,
  source: Source,
  context: FeedContext,
): AsyncGenerator<Judged> => recordsOf(file, source, new Pass(file, source, context), row);

async function* recordsOf(file: FeedFile, source: Source, pass: Pass, after = 0): AsyncGenerator<Judged> {
  for await (const one of readRecords(file.bytes, source)) {
    if ('title' in one) pass.title(one.title);
    else if (one.row <= after) continue;
    else if ('broken' in one) yield { row: one.row, key: one.key ?? '', mapped: broken(one.broken) };
    else if (!pass.isTrailer(one)) yield pass.judge(one);
  }
}

const broken = (message: string): Mapped => ({ kind: 'refused', problems: [{ path: '', message }] });

/** One reading of a file: what was seen so far. */
class Pass {
  readonly #file: FeedFile;
  readonly #source: Source;
  readonly #context: FeedContext;
  #stamp: WrittenStamp | undefined;
  #total = 0;
  #trailer: FeedRecord | undefined;
  readonly #otherDealers = new Set<string>();

  constructor(file: FeedFile, source: Source, context: FeedContext) {
    this.#file = file;
    this.#source = source;
    this.#context = context;
    this.#stamp = stampOfFile(file.name, source);
  }

  title(line: string): void {
    // It has a time where the name of the file has a date only.
    this.#stamp = stampOfTitle(line, this.#source) ?? this.#stamp;
  }

  isTrailer(record: FeedRecord): boolean {
    const { trailer } = this.#source;
    if (!trailer || !holds(trailer.when, { record }, this.#source.codes)) return false;
    this.#trailer = record;
    return true;
  }

  judge(record: FeedRecord): Judged {
    const { row } = record;
    const key = valueAt(record, this.#source.key, undefined).trim();
    const dealer = this.#dealerOf(record);
    const store = this.#context.stores.get(dealer);
    if (!store) {
      this.#otherDealers.add(dealer);
      return { row, key, mapped: broken('it is of a dealer that is no store of this feed') };
    }
    const mapping = this.#mappingAt(store.timeZone);
    if (this.#source.total) this.#total += sumOf(this.#source.total, record, mapping);
    const mapped = mapRecord(record, this.#source, {
      ...mapping,
      ...{ group: this.#context.group, storeId: store.id, contracts: this.#context.contracts },
      stampedAt: this.#stamp ? instantOfStamp(this.#stamp, store.timeZone) : this.#file.modifiedAt,
      correlationId: `${this.#file.name}#${row}`,
    });
    return { row, key, mapped };
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

class Counts {
  read = 0;
  readonly #events = new Map<string, number>();
  readonly #skipped = new Map<string, number>();
  readonly #waiting = new Map<string, number>();
  readonly #cents = new Map<string, number>();
  #refused = 0;

  add(mapped: Mapped): void {
    this.read += 1;
    switch (mapped.kind) {
      case 'event':
        addTo(this.#events, mapped.detailType);
        for (const [name, cents] of centsIn(mapped.detail)) addTo(this.#cents, name, cents);
        break;
      case 'skipped':
        addTo(this.#skipped, mapped.because);
        break;
      case 'waiting':
        addTo(this.#waiting, mapped.because);
        break;
      case 'refused':
        this.#refused += 1;
    }
  }

  receipt(stops: readonly Stop[]): Receipt {
    return {
      ...{ read: this.read, events: Object.fromEntries(this.#events) },
      ...{ skipped: Object.fromEntries(this.#skipped), waiting: Object.fromEntries(this.#waiting) },
      ...{ refused: this.#refused, cents: Object.fromEntries(this.#cents), stops },
    };
  }
}

function addTo(counts: Map<string, number>, name: string, by = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}

const amounts = z.looseObject({
  customerPayCents: z.number().optional(),
  warrantyCents: z.number().optional(),
  internalCents: z.number().optional(),
  quote: z.looseObject({ totalCents: z.number().optional() }).optional(),
});

function centsIn(detail: Detail): [name: string, cents: number][] {
  const { customerPayCents, warrantyCents, internalCents, quote } = amounts.safeParse(detail).data ?? {};
  const all = { customerPayCents, warrantyCents, internalCents, quotedCents: quote?.totalCents };
  return Object.entries(all).flatMap(([name, cents]) => (cents === undefined ? [] : [[name, cents]]));
}
