import { type NudgePolicy, nudgePolicy } from '../group/nudge-policy.ts';
import { assess } from './assess.ts';
import type { Assessment, Question, Reason } from './assessment.ts';

/**
 * Each reason's own setting, and the size of one step. With each decision we also judge what one step would have changed, and
 * store that with its outcome: the ledger alone can then tell what another setting would have done.
 */
type Setting = {
  [Field in keyof NudgePolicy]: NudgePolicy[Field] extends number ? Field : never;
}[keyof NudgePolicy];

interface Step {
  readonly setting: Setting;
  /** The step that makes the reason rarer. */
  readonly stricter: number;
}

const steps = {
  'repair-against-value': { setting: 'repairSharePercent', stricter: 10 },
  'repair-amount': { setting: 'repairAmountCents', stricter: 100_000 },
  'repair-against-payments': { setting: 'repairPayments', stricter: 3 },
  'spend-against-value': { setting: 'spendSharePercent', stricter: 10 },
  'warranty-ends': { setting: 'warrantyDays', stricter: -30 },
  'lease-ends': { setting: 'leaseMonths', stricter: -2 },
  'lease-miles': { setting: 'leasePaymentsLeft', stricter: -4 },
  equity: { setting: 'equitySharePercent', stricter: 5 },
  'declined-work': { setting: 'declinedCents', stricter: 50_000 },
  comebacks: { setting: 'comebacks', stricter: 1 },
  'owned-long': { setting: 'ownedMonths', stricter: 12 },
  'old-car': { setting: 'ageYears', stricter: 2 },
} as const satisfies Partial<Record<Reason['name'], Step>>;
export type SteppedReason = keyof typeof steps;

export const steppedReasons = Object.keys(steps).filter((name): name is SteppedReason => name in steps);

export type Direction = 'stricter' | 'looser';

export interface Stepped {
  readonly setting: Setting;
  readonly from: number;
  readonly to: number;
  readonly policy: NudgePolicy;
}

/** The policy with the reason's setting changed by one step; undefined if the result would not be a valid policy. */
export function stepOf(policy: NudgePolicy, reason: SteppedReason, way: Direction): Stepped | undefined {
  const { setting, stricter } = steps[reason];
  const from = policy[setting];
  const to = from + (way === 'stricter' ? stricter : -stricter);
  const { data } = nudgePolicy.safeParse({ ...policy, [setting]: to });
  return data && { setting, from, to, policy: data };
}

/**
 * The reasons whose setting decided the result: one step stricter would have turned this nudge into silence, or one step looser
 * this silence into a nudge. Never for a household that the holdout withholds.
 */
export function decidedBy(question: Question, { nudge }: Pick<Assessment, 'nudge'>): SteppedReason[] {
  if (question.circumstances.holdout?.arm === 'withheld') return [];
  const way = nudge ? 'stricter' : 'looser';
  return steppedReasons.filter((reason) => {
    const stepped = stepOf(question.policy, reason, way);
    return stepped !== undefined && assess({ ...question, policy: stepped.policy }).nudge !== nudge;
  });
}
