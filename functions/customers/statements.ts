import * as z from 'zod';
import { customerAnswers } from '../contracts/customer-answered.ts';

/**
 * What was said about talking to a customer of another car, remembered beyond the order that it was said about: by
 * customer number at the store, and by email address across the group. It comes twice, late and out of order.
 */
const remarked = {
  storeId: z.string(),
  at: z.string(),
  takenBack: z.boolean().optional(),
};
/** About an order, as staff noted it or Sales was asked to talk; or about a deal, as the DMS told of it. */
const remark = z.union([
  z.object({ ...remarked, said: z.enum([...customerAnswers, 'talk begun']), roNumber: z.string() }),
  z.object({ ...remarked, said: z.literal('bought'), dealNumber: z.string() }),
]);
export type Remark = z.infer<typeof remark>;
export type Said = Remark['said'];

export const remarks = z.array(remark);

/** More than anybody says of one customer while it counts. */
const REMARKS_KEPT = 30;

/** The advisor's no is one for the customer, whichever order they say it or take it back about. */
function subjectOf(one: Remark): string {
  if (one.said === 'advisor said no') return one.said;
  const about = 'dealNumber' in one ? { dealNumber: one.dealNumber } : one.roNumber;
  return JSON.stringify([one.said, one.storeId, about]);
}

/** What was taken back is newer than what was said at the same instant: a deal that was unwound as it was told. */
const isNewer = (one: Remark, than: Remark) =>
  one.at > than.at || (one.at === than.at && one.takenBack === true && than.takenBack !== true);

/** The memory with one more remark; the same one where a newer word on it is known. */
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

/** An advisor's no is permanent until it is taken back, so it is never disposed of by time. */
export const isForGood = ({ said, takenBack }: Remark): boolean =>
  said === 'advisor said no' && takenBack !== true;

/** What holds: the customer's own memory and that of their address may know the same remark, one an older word. */
export function standing(all: readonly Remark[]): readonly Remark[] {
  return all.reduce<readonly Remark[]>(withRemark, []).filter(({ takenBack }) => takenBack !== true);
}
