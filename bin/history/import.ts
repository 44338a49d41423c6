/** Reads past visits and sales, one a line, and passes the valid ones on. */
import { type Past, type ReadingLines, readLine } from './read-line.ts';

export interface HistoryImport extends ReadingLines {
  readonly lines: AsyncIterable<string>;
  readonly record: (past: Past) => Promise<void>;
  readonly reject: (rejected: RejectedLine) => void;
  readonly progress?: (read: number) => void;
}

export interface RejectedLine {
  readonly number: number;
  readonly text: string;
  readonly reason: string;
}

export interface Imported {
  readonly visits: number;
  readonly sales: number;
  readonly rejected: number;
}

/** Lines that are written in parallel. */
const AT_ONCE = 25;

export async function importHistory(asked: HistoryImport): Promise<Imported> {
  const done = { visits: 0, sales: 0, rejected: 0 };
  let number = 0;
  let batch: Past[] = [];
  const flush = async () => {
    await recordAll(batch, asked.record);
    for (const { is } of batch) done[is === 'visit' ? 'visits' : 'sales'] += 1;
    batch = [];
  };
  for await (const line of asked.lines) {
    number += 1;
    const text = number === 1 ? line.replace(/^\uFEFF/, '') : line;
    if (text.trim() === '') continue;
    const read = readLine(text, asked);
    if ('past' in read) batch.push(read.past);
    else {
      done.rejected += 1;
      asked.reject({ number, text, reason: read.reason });
    }
    if (batch.length === AT_ONCE) await flush();
    asked.progress?.(number);
  }
  await flush();
  return done;
}

/** Writes versions of the same order or deal one after the other, in the order of the file. */
async function recordAll(batch: readonly Past[], record: HistoryImport['record']): Promise<void> {
  const facts = Map.groupBy(batch, keyOf);
  await Promise.all(
    [...facts.values()].map(async (versions) => {
      for (const one of versions) await record(one);
    }),
  );
}

const keyOf = (past: Past): string =>
  past.is === 'visit'
    ? `order ${past.visit.storeId} ${past.visit.roNumber}`
    : `deal ${past.sale.storeId} ${past.sale.dealNumber}`;
