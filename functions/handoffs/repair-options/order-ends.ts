import { type FactVersion, stillStanding } from '../../contracts/fact-version.ts';
import { lastWord } from './line-by-line.ts';
import type { RepairOptions } from './task.ts';

/**
 * What ended an order: that it was voided, and that it was closed. The latest of each stays known when the order is opened
 * again, so that a quote or a write-up of before the end, which comes late or from an archive, is over whenever it comes.
 */
type Ends = Pick<RepairOptions['facts'], 'voided' | 'closed'>;

/** The ends that this word on the order does not follow. Before any word, all of them. */
export const endsAfter = (
  { facts: { voided, closed } }: Pick<RepairOptions, 'facts'>,
  word: FactVersion | undefined,
): Ends =>
  word ? { voided: stillStanding(voided, word), closed: stillStanding(closed, word) } : { voided, closed };

/** Whether the order ended after this was said of it, opened again since or not. */
export function isOver(order: RepairOptions, word: FactVersion): boolean {
  const { voided, closed } = endsAfter(order, word);
  return voided !== undefined || closed !== undefined;
}

/** As the order stands: nothing later opened it again. */
export const isClosed = (order: RepairOptions): boolean =>
  endsAfter(order, lastWord(order)).closed !== undefined;
