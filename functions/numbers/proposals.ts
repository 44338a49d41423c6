import * as z from 'zod';
import { findStore, type Group, nudgePolicyOf } from '../group/group.ts';
import { type NudgePolicy, policyVersion } from '../group/nudge-policy.ts';
import {
  type Direction,
  type Stepped,
  type SteppedReason,
  stepOf,
  steppedReasons,
} from '../readiness/policy-steps.ts';
import type { Cell, Definition } from './definition.ts';
import { evidence, nudgesThatGo, nudgesThatStay, silencesThatEnd } from './definitions/thresholds.ts';
import { type Count, hasRate, newcombe, shareOf } from './interval.ts';
import { isSelected, type Selection } from './report.ts';
import { grouped, inTenths, percent, soMany } from './words.ts';

/**
 * What another setting would have done, for each store and reason, from the ledger. A stricter setting is proposed if
 * the nudges that it would have prevented were significantly less often right than those that it would have kept. For
 * a looser one only the number is known: nobody answered a nudge that was not made. Nothing here changes a setting.
 */
const count = z.object({ part: z.number().int(), whole: z.number().int() });
const setting = z.object({
  storeId: z.string(),
  reason: z.enum(steppedReasons),
  setting: z.string(),
  from: z.number(),
  to: z.number(),
});
export const proposal = z.discriminatedUnion('way', [
  setting.extend({
    ...{ way: z.literal('stricter'), goes: count, stays: count },
    ...{ difference: z.number(), low: z.number(), high: z.number() },
  }),
  setting.extend({ way: z.literal('looser'), more: z.number().int() }),
]);
export type Proposal = z.infer<typeof proposal>;
type Setting = z.infer<typeof setting>;

export interface Evidence {
  /** The cells of the definitions in definitions/thresholds.ts, by name. */
  readonly cells: ReadonlyMap<string, readonly Cell[]>;
  /** Undefined for a store that left the group. */
  readonly policyOf: (storeId: string) => NudgePolicy | undefined;
}

/** The settings in force at each store of the group. */
export const policiesOf =
  (group: Pick<Group, 'stores' | 'nudge'>): Evidence['policyOf'] =>
  (storeId) => {
    const store = findStore(group, storeId);
    return store && nudgePolicyOf(group, store);
  };

/** Uses only decisions under the policy in force: an earlier one had other steps. */
export function proposalsFrom({ cells, policyOf }: Evidence, selection: Selection = {}): Proposal[] {
  const counts = countsIn(cells, selection);
  const storeIds = [...counts.keys()].sort();
  return storeIds.flatMap((storeId) => {
    const policy = policyOf(storeId);
    if (!policy) return [];
    const version = policyVersion(policy);
    return steppedReasons.flatMap((reason) => {
      const countOf = ({ name }: Definition): Count =>
        counts.get(storeId)?.get(placeOf(name, `${version} ${reason}`)) ?? none;
      const step = (way: Direction) => settingOf(stepOf(policy, reason, way), { storeId, reason });
      return [
        ...stricter(step('stricter'), countOf(nudgesThatGo), countOf(nudgesThatStay)),
        ...looser(step('looser'), countOf(silencesThatEnd)),
      ];
    });
  });
}

function settingOf(
  stepped: Stepped | undefined,
  of: Pick<Setting, 'storeId' | 'reason'>,
): Setting | undefined {
  return stepped && { ...of, setting: stepped.setting, from: stepped.from, to: stepped.to };
}

const none: Count = { part: 0, whole: 0 };
const placeOf = (name: string, breakdown: string | undefined): string => `${name} ${breakdown}`;

/**
 * Grouped by store, then by definition and breakdown, because a group asks for thirty-six of them at two hundred
 * stores.
 */
function countsIn(
  cells: Evidence['cells'],
  selection: Selection,
): ReadonlyMap<string, ReadonlyMap<string, Count>> {
  const counts = new Map<string, Map<string, Count>>();
  for (const { name } of evidence)
    for (const cell of (cells.get(name) ?? []).filter((one) => isSelected(one, selection))) {
      const ofStore = counts.get(cell.storeId) ?? new Map<string, Count>();
      const place = placeOf(name, cell.breakdown);
      const before = ofStore.get(place) ?? none;
      ofStore.set(place, { part: before.part + cell.part, whole: before.whole + cell.whole });
      counts.set(cell.storeId, ofStore);
    }
  return counts;
}

function stricter(step: Setting | undefined, goes: Count, stays: Count): Proposal[] {
  if (!step || !hasRate(goes) || !hasRate(stays)) return [];
  const difference = newcombe(goes, stays);
  return difference.high < 0 ? [{ ...step, ...difference, way: 'stricter', goes, stays }] : [];
}

function looser(step: Setting | undefined, ended: Count): Proposal[] {
  return step && hasRate(ended) ? [{ ...step, way: 'looser', more: ended.whole }] : [];
}

/** A proposal with its evidence, for the report, the page and the month's email. */
export function proposalWords(one: Proposal): string {
  const { reason, setting: name, from, to } = one;
  const step = `${inWords[reason](to)} as a reason, not ${inWords[reason](from)} (${name} ${from} → ${to})`;
  if (one.way === 'looser')
    return `To count ${step} would have told Sales of ${one.more} more orders. What would have come of them, nobody knows.`;
  const { goes, stays, low, high } = one;
  return `We propose to count ${step}. Of the nudges that this would have spared, ${soMany(goes)} were right (${percent(shareOf(goes))}); of the others, ${soMany(stays)} (${percent(shareOf(stays))}). That is ${inTenths(-high)} to ${inTenths(-low)} points less often, and more than chance.`;
}

export const NOTHING_TO_PROPOSE =
  'No other setting can be judged yet: that takes twenty orders on each side, under the policy in force.';

const dollars = (cents: number): string => `$${grouped(cents / 100)}`;

/** What each reason requires at a given value of its setting. */
const inWords: Readonly<Record<SteppedReason, (value: number) => string>> = {
  'repair-against-value': (value) => `a repair of ${value}% of the car’s value`,
  'repair-amount': (value) => `a repair of ${dollars(value)}`,
  'repair-against-payments': (value) => `a repair of ${value} monthly payments`,
  'spend-against-value': (value) => `a year’s service bills of ${value}% of the car’s value`,
  'warranty-ends': (value) => `coverage that ends within ${value} days`,
  'lease-ends': (value) => `a lease that ends within ${value} months`,
  'lease-miles': (value) => `a lease over its miles with ${value} payments left`,
  equity: (value) => `equity of ${value}% of the price`,
  'declined-work': (value) => `declined work of ${dollars(value)}`,
  comebacks: (value) => `${value} comebacks in a year`,
  'owned-long': (value) => `${value} months of owning the car`,
  'old-car': (value) => `a car ${value} years old`,
};
