/** Reads past visits, one a line, and passes the good ones on. */
import * as z from 'zod';
import { describeProblems, parseDetail } from '../../functions/contracts/contract.ts';
import { serviceVisitCompleted } from '../../functions/contracts/service-visit-completed.ts';
import { readingIn } from '../../functions/customers/reading.ts';
import { findStore, type Group } from '../../functions/group/group.ts';
import { received } from '../../functions/group/received.ts';
import { type Visit, visitFrom } from '../../functions/history/visits.ts';
import { shiftSample } from '../../local/shift-sample.ts';

export interface HistoryImport {
  readonly lines: AsyncIterable<string>;
  readonly group: Group;
  /** When the file was written: of two files with the same visit, the later one counts. */
  readonly writtenAt: string;
  /** The day that counts as today in the file, and the instant that it is moved to. Without it dates stay as they are. */
  readonly shift?: { readonly today: string; readonly now: number } | undefined;
  readonly record: (visit: Visit) => Promise<void>;
  readonly reject: (rejected: RejectedLine) => void;
  readonly progress?: (read: number) => void;
}

export interface RejectedLine {
  readonly number: number;
  readonly text: string;
  readonly reason: string;
}

export interface Imported {
  readonly recorded: number;
  readonly rejected: number;
}

/** Lines that are written at the same time. */
const AT_ONCE = 25;

export async function importHistory(asked: HistoryImport): Promise<Imported> {
  const done = { recorded: 0, rejected: 0 };
  let number = 0;
  let batch: Visit[] = [];
  const flush = async () => {
    await recordAll(batch, asked.record);
    done.recorded += batch.length;
    batch = [];
  };
  for await (const line of asked.lines) {
    number += 1;
    const text = number === 1 ? line.replace(/^\uFEFF/, '') : line;
    if (text.trim() === '') continue;
    const read = readVisit(text, asked);
    if ('visit' in read) batch.push(read.visit);
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

/** Two versions of one order are written one after the other, as the file has them. */
async function recordAll(visits: readonly Visit[], record: HistoryImport['record']): Promise<void> {
  const orders = Map.groupBy(visits, ({ storeId, roNumber }) => `${storeId} ${roNumber}`);
  await Promise.all(
    [...orders.values()].map(async (versions) => {
      for (const visit of versions) await record(visit);
    }),
  );
}

type Read = { readonly visit: Visit } | { readonly reason: string };

function readVisit(text: string, { group, shift, writtenAt }: HistoryImport): Read {
  const json = jsonOf(text);
  if (!json.ok) return { reason: json.why };
  const detail = detailOf(json.value);
  if (!detail.ok) return { reason: detail.why };
  const visit = shift ? shifted(detail.value, shift) : detail.value;
  // Past visits are not written to; a colleague's address joins only a colleague's own.
  const parsed = parseDetail(serviceVisitCompleted, visit, readingIn(group));
  if (!parsed.ok) return { reason: describeProblems(parsed.problems) };
  if (!findStore(group, parsed.fact.storeId)) {
    return { reason: `storeId: '${parsed.fact.storeId}' is not a store of the group '${group.name}'` };
  }
  return { visit: visitFrom(received(parsed.fact, writtenAt)) };
}

type Found = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly why: string };

function jsonOf(text: string): Found {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false, why: 'is not JSON: expected one visit a line' };
  }
}

const event = z.object({ 'detail-type': z.string(), detail: z.unknown() });

/** A line holds a whole event, or its detail alone. */
function detailOf(value: unknown): Found {
  const read = event.safeParse(value);
  if (!read.success) return { ok: true, value };
  if (read.data['detail-type'] === serviceVisitCompleted.detailType)
    return { ok: true, value: read.data.detail };
  return { ok: false, why: `detail-type: expected '${serviceVisitCompleted.detailType}'` };
}

/** Every date moves by the same days, those of `occurredAt` included: past visits stay as far apart as they were. */
function shifted(visit: unknown, { today, now }: NonNullable<HistoryImport['shift']>): unknown {
  const detail = { occurredAt: `${today}T12:00:00Z`, visit };
  return z.object({ visit: z.unknown() }).parse(shiftSample({ detail }, now).detail).visit;
}
