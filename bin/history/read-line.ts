/** Reads a past visit or sale from a line of a file. */
import * as z from 'zod';
import {
  type Contract,
  describeProblems,
  type Fact,
  parseDetail,
} from '../../functions/contracts/contract.ts';
import {
  type ServiceVisitCompleted,
  serviceVisitCompleted,
} from '../../functions/contracts/service-visit-completed.ts';
import { type VehicleSold, vehicleSold } from '../../functions/contracts/vehicle-sold.ts';
import { readingIn } from '../../functions/customers/reading.ts';
import { findStore, type Group } from '../../functions/group/group.ts';
import { received } from '../../functions/group/received.ts';
import type { Store } from '../../functions/group/store-settings.ts';
import { type Sale, saleFrom } from '../../functions/history/sales.ts';
import { type Visit, visitFrom } from '../../functions/history/visits.ts';
import { shiftSample } from '../../local/shift-sample.ts';

export type Past = { readonly said: Said } & (
  | { readonly is: 'visit'; readonly visit: Visit; readonly fact: ServiceVisitCompleted }
  | { readonly is: 'sale'; readonly sale: Sale; readonly fact: VehicleSold }
);

/** The customer of a line: opt-outs given in the past still count. */
type Said = Pick<VehicleSold, 'storeId' | 'customer' | 'occurredAt'>;

export interface ReadingLines {
  readonly group: Group;
  /** When the file was written: of two files with the same visit, the later one counts. */
  readonly writtenAt: string;
  /** The day that the file treats as today, and the instant to which it is moved. Without it, dates stay as they are. */
  readonly shift?: { readonly today: string; readonly now: number } | undefined;
}

type Read = { readonly past: Past } | { readonly reason: string };

export function readLine(text: string, reading: ReadingLines): Read {
  const json = jsonOf(text);
  if (!json.ok) return { reason: json.why };
  const { name, detail } = contractOf(json.value);
  switch (name) {
    case 'service-visit-completed':
      return readBy(serviceVisitCompleted, detail, reading, (fact) => ({
        is: 'visit',
        ...{ said: fact, fact },
        visit: visitFrom(received(fact, reading.writtenAt)),
      }));
    case 'vehicle-sold':
      return readBy(vehicleSold, detail, reading, (fact, { timeZone }) => ({
        is: 'sale',
        ...{ said: fact, fact },
        sale: saleFrom(received(fact, reading.writtenAt), timeZone),
      }));
    default:
      return { reason: "detail-type: expected 'service-visit-completed' or 'vehicle-sold'" };
  }
}

/**
 * Staff addresses are not recognized here, which is harmless: nobody is written to about the past, and such an
 * address matches only that employee's own records.
 */
function readBy<C extends Contract>(
  contract: C,
  detail: unknown,
  { group, shift }: ReadingLines,
  pastFrom: (fact: Fact<C>, store: Store) => Past,
): Read {
  const moved = shift ? shifted(detail, shift) : detail;
  const parsed = parseDetail<C['schema']>(contract, moved, readingIn(group));
  if (!parsed.ok) return { reason: describeProblems(parsed.problems) };
  const { storeId } = z.looseObject({ storeId: z.string() }).parse(parsed.fact);
  const store = findStore(group, storeId);
  return store
    ? { past: pastFrom(parsed.fact, store) }
    : { reason: `storeId: '${storeId}' is not a store of the group '${group.name}'` };
}

type Found = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly why: string };

function jsonOf(text: string): Found {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false, why: 'is not JSON: expected one visit or sale a line' };
  }
}

const event = z.object({ 'detail-type': z.string(), detail: z.unknown() });

/** A line contains a whole event, or only its detail: then a repair order or deal number tells which event it is. */
function contractOf(value: unknown): { readonly name: string; readonly detail: unknown } {
  const read = event.safeParse(value);
  if (read.success) return { name: read.data['detail-type'], detail: read.data.detail };
  const named = z.looseObject({}).safeParse(value).data ?? {};
  return { name: 'dealNumber' in named && !('roNumber' in named) ? 'vehicle-sold' : VISIT, detail: value };
}

const VISIT = serviceVisitCompleted.detailType;

/**
 * All dates move by the same number of days, including `occurredAt`, so that past visits stay as far apart as they
 * were.
 */
function shifted(past: unknown, { today, now }: NonNullable<ReadingLines['shift']>): unknown {
  const detail = { occurredAt: `${today}T12:00:00Z`, past };
  return z.object({ past: z.unknown() }).parse(shiftSample({ detail }, now).detail).past;
}
