import * as z from 'zod';
import { customerAnswers } from '../contracts/customer-answered.ts';
import { type Instant, localDate } from './business-time.ts';
import type { ChoiceName } from './choices.ts';
import { oweEvent } from './draft.ts';
import type { Circumstances } from './readiness/assessment.ts';
import type { Task } from './task.ts';

/**
 * What was said about talking to a customer of another car, remembered beyond the order that it was said about: by
 * customer number at the store, and by email address across the group. It comes twice, late and out of order.
 */
const remark = z.object({
  said: z.enum(customerAnswers),
  /** The order that it was said about. */
  storeId: z.string(),
  roNumber: z.string(),
  at: z.string(),
  takenBack: z.boolean().optional(),
});
export type Remark = z.infer<typeof remark>;
export type Said = Remark['said'];

export const remarks = z.array(remark);

/** More than anybody says of one customer while it counts. */
const REMARKS_KEPT = 30;

/** Which choices are remembered, and as what. */
const remembered: Readonly<Partial<Record<ChoiceName, Said>>> = {
  'never-for-this-customer': 'advisor said no',
  'repair-it': 'contacted',
  'not-now': 'contacted',
  contacted: 'contacted',
  'appointment-set': 'contacted',
  'not-ready': 'customer said no',
  sold: 'bought',
  'already-bought': 'bought',
};

/** Owes the event by which a choice is remembered, or forgotten where it is taken back. */
export function oweRemark(task: Task, choice: string, now: Instant, takenBack = false): Task {
  if (choice === 'may-be-asked')
    return oweEvent(task, now, 'customer-answered', aboutOf('advisor said no', !takenBack));
  const said = Object.entries(remembered).find(([name]) => name === choice)?.[1];
  return said ? oweEvent(task, now, 'customer-answered', aboutOf(said, takenBack)) : task;
}

const TAKEN_BACK = 'taken back: ';
const aboutOf = (said: Said, takenBack: boolean) => (takenBack ? `${TAKEN_BACK}${said}` : said);

/** The same, read from the entry that owes it. */
export const readAbout = (about = '') =>
  about.startsWith(TAKEN_BACK) ? { said: about.slice(TAKEN_BACK.length), takenBack: true } : { said: about };

/** The advisor's no is one for the customer, whichever order they say it or take it back about. */
const subjectOf = ({ said, storeId, roNumber }: Remark) =>
  said === 'advisor said no' ? said : JSON.stringify([said, storeId, roNumber]);

/** The memory with one more remark; the same one where a newer word on it is known. */
export function withRemark(known: readonly Remark[], one: Remark): readonly Remark[] {
  const before = known.find((other) => subjectOf(other) === subjectOf(one));
  if (before && before.at >= one.at) return known;
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

/** What speaks against a nudge now. What was said about this very order is its own story, but for a "never". */
export function recall(
  all: readonly Remark[],
  order: { readonly storeId: string; readonly roNumber: string },
  timeZone: string,
): Circumstances {
  const standing = newestOfEach(all).filter(({ takenBack }) => takenBack !== true);
  const others = standing.filter(
    ({ storeId, roNumber }) => storeId !== order.storeId || roNumber !== order.roNumber,
  );
  const lastOf = (...said: readonly Said[]) => {
    const last = latest(others.filter((one) => said.includes(one.said)).map(({ at }) => at));
    return last === undefined ? undefined : localDate(timeZone, last);
  };
  const [saidNoOn, boughtOn] = [lastOf('customer said no'), lastOf('bought')];
  const lastContactedOn = lastOf('contacted', 'customer said no', 'bought');
  return {
    ...(standing.some(isForGood) && { advisorSaidNo: true }),
    ...(saidNoOn !== undefined && { saidNoOn }),
    ...(boughtOn !== undefined && { boughtOn }),
    ...(lastContactedOn !== undefined && { lastContactedOn }),
  };
}

/** The customer's own memory and that of their address may know the same remark, one of them an older word. */
function newestOfEach(all: readonly Remark[]): readonly Remark[] {
  return all.reduce<readonly Remark[]>(withRemark, []);
}

const latest = (instants: readonly Instant[]): Instant | undefined => instants.toSorted().at(-1);
