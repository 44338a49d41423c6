import { plusDays, plusMinutes } from '../group/business-time.ts';
import type { LedgerFact } from './facts.ts';

/** Which months are written anew, and in which order a month's facts stand. Older months stay as they were written. */
export interface Month {
  readonly month: string;
  /** When each store last had a new fact of that month: up to {@link CHANGE_NOTED_MINUTES} later than said. */
  readonly changes: readonly { readonly storeId: string; readonly changedAt: string }[];
  readonly file?: WrittenFile | undefined;
}

export interface WrittenFile {
  /** When its facts were read. */
  readonly readFrom: string;
  readonly parts: number;
  readonly facts: number;
}

/** A warm function says so often that a month has new facts. */
export const CHANGE_NOTED_MINUTES = 60;

/** A fact may have come after the last note of it, so a month that changed shortly before its file is written again. */
export const isStale = ({ changes, file }: Month): boolean =>
  file === undefined ||
  changes.some(({ changedAt }) => plusMinutes(changedAt, CHANGE_NOTED_MINUTES) >= file.readFrom);

/** The table may have disposed of facts of such a month: what its file holds is kept. */
export const mayBeDisposed = ({ month }: Month, now: string, retentionDays: number): boolean =>
  plusDays(`${month}-01T00:00:00.000Z`, retentionDays) < now;

/** One order for the same facts, whenever they are written; each once. */
export function inOrder(facts: readonly LedgerFact[]): readonly LedgerFact[] {
  const once = new Map(facts.map((fact) => [fact.id, fact]));
  const keyOf = ({ at, id }: LedgerFact) => `${at} ${id}`;
  return [...once.values()].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}
