import * as z from 'zod';
import { customerAnswers } from '../contracts/customer-answered.ts';
import {
  type FactVersion,
  factVersion,
  isNewer as isLaterVersion,
  reverses,
} from '../contracts/fact-version.ts';

/**
 * Remarks about upgrade conversations, remembered beyond their order: by customer number at the store, and by email address
 * across the group. They may arrive twice, late and out of order.
 */
const remarked = {
  storeId: z.string(),
  at: z.string(),
  takenBack: z.boolean().optional(),
};
/** About an order (from staff, or because Sales was notified) or about a deal (from the DMS). */
const remark = z.union([
  z.object({
    ...remarked,
    said: z.enum([...customerAnswers, 'talk begun']),
    roNumber: z.string(),
    use: z.number().int().optional(),
  }),
  /** About a conversation that the customer asked for, whatever they came for. */
  z.object({
    ...remarked,
    said: z.enum(customerAnswers),
    askedBy: z.string(),
    use: z.number().int().optional(),
  }),
  /** About a visit that was yet to come. */
  z.object({ ...remarked, said: z.enum(customerAnswers), appointmentNumber: z.string() }),
  z.object({
    ...remarked,
    said: z.literal('bought'),
    dealNumber: z.string(),
    use: z.number().int().optional(),
    /** The version of the deal's item that the remark comes from; missing in what a release before 2026-12 stored. */
    dealVersion: z.number().int().optional(),
  }),
  // Reported by other systems.
  z.object({ ...remarked, said: z.literal('contacted elsewhere') }),
  z.object({
    ...remarked,
    said: z.literal('complaint open'),
    complaintNumber: z.string(),
    /** The version of the fact that the remark comes from; missing in what a release before 2026-12 stored. */
    version: factVersion.optional(),
  }),
]);
export type Remark = z.infer<typeof remark>;
export type Said = Remark['said'];

export const remarks = z.array(remark);

/** More remarks than one customer collects while they apply. */
const REMARKS_KEPT = 30;

/** An advisor's "no" applies to the customer, on whichever order it was said or withdrawn. */
function subjectOf(one: Remark): string {
  if (one.said === 'advisor said no') return one.said;
  return JSON.stringify([one.said, one.storeId, aboutOf(one)]);
}

function aboutOf(one: Remark) {
  if ('dealNumber' in one) return { dealNumber: one.dealNumber, use: one.use };
  if ('complaintNumber' in one) return { complaintNumber: one.complaintNumber };
  // Of several contacts elsewhere, only the last one counts.
  if ('askedBy' in one) return { askedBy: one.askedBy, use: one.use };
  if ('appointmentNumber' in one) return { appointmentNumber: one.appointmentNumber };
  return 'roNumber' in one ? [one.roNumber, one.use] : undefined;
}

/**
 * A remark from a later version of a deal is newer, whatever the instants, because a deal may be written again with the same
 * instant. Otherwise, at the same instant, a withdrawal is newer than the statement.
 */
function isNewer(one: Remark, than: Remark): boolean {
  if (one.said === 'complaint open') return isLaterStatement(one, than);
  const [version, before] = [dealVersionOf(one), dealVersionOf(than)];
  if (version !== undefined && before !== undefined && version !== before) return version > before;
  return one.at > than.at || (one.at === than.at && one.takenBack === true && than.takenBack !== true);
}

/** Ordered like all facts: reopening at the instant of the closing needs a higher revision. */
function isLaterStatement(one: Remark, than: Remark): boolean {
  const [version, known] = [versionOf(one), versionOf(than)];
  if (one.takenBack === than.takenBack) return isLaterVersion(version, known);
  return one.takenBack === true ? reverses(version, known) : !reverses(known, version);
}

const versionOf = (one: Remark): FactVersion =>
  ('version' in one ? one.version : undefined) ?? { occurredAt: one.at };

const dealVersionOf = (one: Remark) => ('dealVersion' in one ? one.dealVersion : undefined);

/** Adds a remark; returns the same list if a newer remark on the subject is known. */
export function withRemark(known: readonly Remark[], one: Remark): readonly Remark[] {
  const before = known.find((other) => subjectOf(other) === subjectOf(one));
  if (before && !isNewer(one, before)) return known;
  const all = [...known.filter((other) => other !== before), one];
  const [forGood, others] = [all.filter(isForGood), all.filter((other) => !isForGood(other))];
  return [
    ...forGood,
    ...others.toSorted((left, right) => (left.at < right.at ? -1 : 1)).slice(-REMARKS_KEPT),
  ];
}

/** An advisor's "no" is permanent until it is withdrawn, so it never expires. */
export const isForGood = ({ said, takenBack }: Remark): boolean =>
  said === 'advisor said no' && takenBack !== true;

/** The remarks that apply now. The customer's record and their address's record may have different versions of one remark. */
export function standing(all: readonly Remark[]): readonly Remark[] {
  return all.reduce<readonly Remark[]>(withRemark, []).filter(({ takenBack }) => takenBack !== true);
}
