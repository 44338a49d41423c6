import * as z from 'zod';

/**
 * Which of two versions of one fact wins. The order of arrival never decides: EventBridge delivers late, twice and in
 * any order, and an archive replays events of weeks ago.
 */

/** What the receiving function adds to a fact. Facts stored by releases before 2026-12 have neither field. */
const receivedFields = {
  /** The envelope's `time`: a redelivery and a replay from the archive keep it. */
  sentAt: z.string().optional(),
  /** Hash of the content, independent of the order of its attributes. */
  contentHash: z.string().optional(),
};

/** The version of a fact, stored together with what is kept of it. */
export const versionFields = {
  occurredAt: z.string(),
  revision: z.number().int().optional(),
  ...receivedFields,
};
export const factVersion = z.object(versionFields);
export type FactVersion = z.infer<typeof factVersion>;

const received = z.object(receivedFields);
/** A fact as a function gets it from the bus. */
export type Received<T> = T & z.infer<typeof received>;

/** A contract's schema for a fact that is stored as a whole. */
export const storedFact = <Shape extends z.ZodRawShape, Config extends z.core.$ZodObjectConfig>(
  schema: z.ZodObject<Shape, Config>,
) => schema.extend(receivedFields);

/** Only the version of a fact, for facts that are otherwise hardly stored. */
export const versionOf = ({ occurredAt, revision, sentAt, contentHash }: FactVersion): FactVersion => ({
  occurredAt,
  ...(revision === undefined ? {} : { revision }),
  ...(sentAt === undefined ? {} : { sentAt }),
  ...(contentHash === undefined ? {} : { contentHash }),
});

/** A fact without a revision, or without a sending time, is older than one that has it. */
const numbered = ({ occurredAt, revision = -1 }: FactVersion) => [occurredAt, revision] as const;
const whole = (version: FactVersion) =>
  [...numbered(version), version.sentAt ?? '', version.contentHash ?? ''] as const;

/** Negative if the first is older, zero if they are the same version. */
export function compareVersions(one: FactVersion, other: FactVersion): number {
  return compareInTurn(whole(one), whole(other));
}

/** Whether a fact replaces the version of it that is known. */
export const isNewer = (one: FactVersion, known: FactVersion | undefined): boolean =>
  known === undefined || compareVersions(one, known) > 0;

/** The later of two versions. If a fact was sent twice, an older version has to be compared with the later copy. */
export const laterOf = <Fact extends FactVersion>(one: Fact, other: Fact): Fact =>
  compareVersions(one, other) >= 0 ? one : other;

/** Whether both have the same content and the same moment: the fact was sent again, perhaps in another envelope. */
export const isRepeat = (one: FactVersion, known: FactVersion): boolean =>
  compareInTurn(numbered(one), numbered(known)) === 0 &&
  one.contentHash !== undefined &&
  one.contentHash === known.contentHash;

/**
 * Whether a reversal (unwound, voided, closed) ends the fact that it is about. At the same moment the reversal wins,
 * unless the other fact has a higher revision. The time of sending does not count here: otherwise a nightly file that
 * repeats a sale would bring an unwound deal back.
 */
export const reverses = (reversal: FactVersion, fact: FactVersion | undefined): boolean =>
  fact === undefined || compareInTurn(numbered(reversal), numbered(fact)) >= 0;

/** The reversal, unless the fact is later: an order that was reopened, a deal that was written again. */
export const stillStanding = <R extends FactVersion>(
  reversal: R | undefined,
  fact: FactVersion,
): R | undefined => (reversal && reverses(reversal, fact) ? reversal : undefined);

function compareInTurn(left: readonly (string | number)[], right: readonly (string | number)[]): number {
  for (const [at, one] of left.entries()) {
    const other = right[at] ?? '';
    if (one !== other) return one > other ? 1 : -1;
  }
  return 0;
}
