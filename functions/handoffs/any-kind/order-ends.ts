import { compareVersions, type FactVersion, stillStanding } from '../../contracts/fact-version.ts';

/**
 * The ends of a repair order: that it was voided, and that it was closed. Each handoff about the order keeps the latest of
 * each, even when the order is opened again. A quote or write-up from before an end, which comes late or from the archive, is
 * then over whenever it comes.
 */
interface Ends<Voided extends FactVersion, Closed extends FactVersion> {
  readonly voided?: Voided | undefined;
  readonly closed?: Closed | undefined;
}

/** The ends that this fact about the order did not reverse. Without a fact, all of them. */
export const endsAfter = <Voided extends FactVersion, Closed extends FactVersion>(
  { voided, closed }: Ends<Voided, Closed>,
  update: FactVersion | undefined,
): Ends<Voided, Closed> =>
  update
    ? { voided: stillStanding(voided, update), closed: stillStanding(closed, update) }
    : { voided, closed };

/** Whether the order ended after this fact, even if it has been opened again since. Without a fact, whether it ended at all. */
export function isOver(ends: Ends<FactVersion, FactVersion>, update: FactVersion | undefined): boolean {
  const { voided, closed } = endsAfter(ends, update);
  return voided !== undefined || closed !== undefined;
}

/**
 * The latest fact about the order: a quote, or its write-up. A quote may be older than the visit that it joined, which has
 * reopened the order: a closing dated between the two, if replayed from the archive, does not end the order again.
 */
export const latestOf = <Update extends FactVersion>(
  updates: readonly (Update | undefined)[],
): Update | undefined =>
  updates
    .filter((update) => update !== undefined)
    .toSorted((one, other) => compareVersions(other, one))
    .at(0);
