import { plusDays, plusMinutes } from '../group/business-time.ts';
import type { LedgerFact } from './facts.ts';

/** Which months are rewritten, and the order of facts within a month. Older months stay as they were written. */
export interface Month {
  readonly month: string;
  /** When each store last had a new fact in that month: up to {@link CHANGE_NOTED_MINUTES} later than stored. */
  readonly changes: readonly { readonly storeId: string; readonly changedAt: string }[];
  readonly file?: WrittenFile | undefined;
}

export interface WrittenFile {
  /** When its facts were read. */
  readonly readFrom: string;
  readonly parts: number;
  readonly facts: number;
}

/** A warm function marks a month as changed at most this often. */
export const CHANGE_NOTED_MINUTES = 60;

/**
 * A fact may have been stored after the last mark, so a month that changed shortly before its file was written is
 * written again.
 */
export const isStale = ({ changes, file }: Month): boolean =>
  file === undefined ||
  changes.some(({ changedAt }) => plusMinutes(changedAt, CHANGE_NOTED_MINUTES) >= file.readFrom);

/** The table may have deleted facts of such a month, so the facts in its file are kept. */
export const mayBeDisposed = ({ month }: Month, now: string, retentionDays: number): boolean =>
  plusDays(`${month}-01T00:00:00.000Z`, retentionDays) < now;

/** Puts facts into one fixed order and removes duplicates, so that the same facts always give the same file. */
export function inOrder(facts: readonly LedgerFact[]): readonly LedgerFact[] {
  const once = new Map(facts.map((fact) => [fact.id, fact]));
  const keyOf = ({ at, id }: LedgerFact) => `${at} ${id}`;
  return [...once.values()].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}
