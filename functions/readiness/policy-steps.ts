import { type NudgePolicy, nudgePolicy } from '../group/nudge-policy.ts';
import { assess } from './assess.ts';
import type { Assessment, Question, Reason } from './assessment.ts';

/**
 * Each reason's own setting, and a step of it. What one step would have changed is judged with each decision and kept with its
 * outcome, so that the ledger alone can say later what another setting would have done.
 */
type Setting = {
  [Field in keyof NudgePolicy]: NudgePolicy[Field] extends number ? Field : never;
}[keyof NudgePolicy];

interface Step {
  readonly setting: Setting;
  /** What makes the reason rarer. */
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

/** The policy with the reason's setting one step on; undefined where no group's file may say so. */
export function stepOf(policy: NudgePolicy, reason: SteppedReason, way: Direction): Stepped | undefined {
  const { setting, stricter } = steps[reason];
  const from = policy[setting];
  const to = from + (way === 'stricter' ? stricter : -stricter);
  const { data } = nudgePolicy.safeParse({ ...policy, [setting]: to });
  return data && { setting, from, to, policy: data };
}

/**
 * The reasons whose setting decided it: one step stricter there would have been silence in place of this nudge, or one step
 * looser a nudge in place of this silence. What the holdout withholds is neither.
 */
export function decidedBy(question: Question, { nudge }: Pick<Assessment, 'nudge'>): SteppedReason[] {
  if (question.circumstances.holdout?.arm === 'withheld') return [];
  const way = nudge ? 'stricter' : 'looser';
  return steppedReasons.filter((reason) => {
    const stepped = stepOf(question.policy, reason, way);
    return stepped !== undefined && assess({ ...question, policy: stepped.policy }).nudge !== nudge;
  });
}
