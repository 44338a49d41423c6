/** Describes a refused or failed event for an operator. */
import * as z from 'zod';
import type { KeptRefusal } from '../../functions/adapters/readable-item.ts';
import { namedFact } from '../../functions/contracts/named-fact.ts';
import { table } from '../lib/table.ts';
import { cutNote } from '../way-back.ts';

/** What identifies the event to its sender. Parts that the event lacks or garbles are left out. */
export interface Subject {
  readonly storeId?: string | undefined;
  /** Such as `deal 48211` or `RO 77120`. */
  readonly fact?: string | undefined;
  readonly correlationId?: string | undefined;
}

export function subjectOf({ event }: KeptRefusal): Subject {
  const { storeId, number, correlationId } = namedFact(z.object({ detail: z.unknown() }).parse(event).detail);
  return { storeId, correlationId, fact: number && `${number.of} ${number.is}` };
}

const queues: Readonly<Record<string, (functionName: string | undefined) => string>> = {
  refused: () => 'refused by its contract',
  'unknown event': () => 'no rule knows it',
  rule: (functionName) => `EventBridge could not deliver it${functionName ? ` to ${functionName}` : ''}`,
  function: (functionName = 'the function') => `${functionName} failed each time`,
  file: () => 'a row of a file: tried again when the row comes again',
};

const endInWords = ({ queue, functionName }: KeptRefusal) => queues[queue]?.(functionName) ?? queue;

/** The lines about one event, with everything that is known about it. */
export function refusalLines(refusal: KeptRefusal): string[] {
  const { id, at, source, detailType, reason, wholeBytes } = refusal;
  const { storeId, fact, correlationId } = subjectOf(refusal);
  const about = [storeId, fact, correlationId && `correlation id ${correlationId}`].filter(
    (one) => one !== undefined,
  );
  return [
    id,
    `${at}  ${detailType} from ${source}  (${endInWords(refusal)})`,
    ...(about.length > 0 ? [about.join(', ')] : []),
    reason,
    ...(wholeBytes === undefined ? [] : [cutNote(wholeBytes)]),
  ];
}

interface RefusalGroup {
  readonly first: KeptRefusal;
  readonly all: readonly KeptRefusal[];
}

/** Groups events of one kind that failed in one place for one reason, in the order of each group's first event. */
export function groupsOf(kept: readonly KeptRefusal[]): RefusalGroup[] {
  const groups = Map.groupBy(kept, likenessOf);
  return [...groups.values()].flatMap((all) => (all[0] ? [{ first: all[0], all }] : []));
}

/** The same for all events of such a group. */
export function likenessOf({ queue, functionName, source, detailType, reason }: KeptRefusal): string {
  return JSON.stringify([queue, functionName, source, detailType, reason]);
}

/** The number of rows shown for each group. */
const ROWS_SHOWN = 5;

export function groupLines({ first, all }: RefusalGroup): string[] {
  const { source, detailType, reason } = first;
  const rows = all.slice(0, ROWS_SHOWN).map(rowOf);
  const notShown = all.length - rows.length;
  return [
    `${all.length} x ${detailType}: ${reason}`,
    `  from ${source}, ${endInWords(first)}`,
    ...table([['since', 'store', 'fact', 'correlation id', 'id'], ...rows], { indent: '  ' }),
    ...all
      .slice(0, ROWS_SHOWN)
      .flatMap(({ id, wholeBytes }) => (wholeBytes ? [`  ${id}: ${cutNote(wholeBytes)}`] : [])),
    ...(notShown > 0 ? [`  and ${notShown} more: npm run dead-letters -- --each`] : []),
  ];
}

function rowOf(refusal: KeptRefusal): string[] {
  const { storeId, fact, correlationId } = subjectOf(refusal);
  return [refusal.at, storeId ?? '-', fact ?? '-', correlationId ?? '-', refusal.id];
}
