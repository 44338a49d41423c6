import { compareVersions, type FactVersion, stillStanding } from '../../contracts/fact-version.ts';

/**
 * What ended a repair order: that it was voided, and that it was closed. Each handoff about the order keeps the latest of each,
 * also when the order is opened again, so that a quote or a write-up of before the end, which comes late or from an archive, is
 * over whenever it comes.
 */
interface Ends<Voided extends FactVersion, Closed extends FactVersion> {
  readonly voided?: Voided | undefined;
  readonly closed?: Closed | undefined;
}

/** The ends that this word on the order does not follow. Before any word, all of them. */
export const endsAfter = <Voided extends FactVersion, Closed extends FactVersion>(
  { voided, closed }: Ends<Voided, Closed>,
  word: FactVersion | undefined,
): Ends<Voided, Closed> =>
  word ? { voided: stillStanding(voided, word), closed: stillStanding(closed, word) } : { voided, closed };

/** Whether the order ended after this was said of it, opened again since or not. */
export function isOver(ends: Ends<FactVersion, FactVersion>, word: FactVersion): boolean {
  const { voided, closed } = endsAfter(ends, word);
  return voided !== undefined || closed !== undefined;
}

/**
 * The last word on the order: a quote, or that it was written. A quote may be older than the visit that it joined, which has
 * reopened the order since: a closing between the two ends it no more when an archive brings it again.
 */
export const lastOf = <Word extends FactVersion>(words: readonly (Word | undefined)[]): Word | undefined =>
  words
    .filter((word) => word !== undefined)
    .toSorted((one, other) => compareVersions(other, one))
    .at(0);
