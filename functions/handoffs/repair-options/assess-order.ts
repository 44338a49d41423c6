import type { LookedUp } from '../../enrich/looked-up.ts';
import { nudgePolicyOf } from '../../group/group.ts';
import { wantedUntil } from '../../group/wanted-cars.ts';
import type { Context } from '../../handoff/context.ts';
import type { KnownCar } from '../../history/car-owners.ts';
import type { HistorySummary } from '../../history/visits.ts';
import { withValue } from '../../readiness/appraisal.ts';
import { assess } from '../../readiness/assess.ts';
import type { Circumstances } from '../../readiness/assessment.ts';
import { occasionOf } from '../../readiness/occasion.ts';
import { decidedBy } from '../../readiness/policy-steps.ts';
import type { RepairOptions } from './task.ts';

/** What the decision depends on besides the quote or the visit. */
export interface Knowledge {
  readonly history: HistorySummary;
  readonly circumstances: Circumstances;
  readonly lookedUp?: LookedUp;
  /** What the car is, or was, booked for. */
  readonly appointments?: KnownCar['appointments'];
}

/** The order with its assessment, from everything known about it: quote or visit, the car's value, history, circumstances. */
export function assessOrder(task: RepairOptions, { store, group, today }: Context): RepairOptions {
  const { history } = task;
  const occasion = occasionOf(task.facts);
  if (!occasion) return task;
  // Recomputed, because what was wanted at an earlier assessment belongs to the decision made then.
  const { wantedUntil: _former, ...others } = task.circumstances ?? {};
  const until = wantedUntil(store.wanted ?? [], occasion.vehicle, today);
  const circumstances = { ...others, ...(until === undefined ? {} : { wantedUntil: until }) };
  const question = {
    quote: withValue(occasion, task, today),
    history,
    circumstances,
    policy: nudgePolicyOf(group, store),
    today,
    timeZone: store.timeZone,
    ...(store.distanceUnit === 'miles' ? {} : { distanceUnit: store.distanceUnit }),
  };
  const assessment = assess(question);
  return {
    ...task,
    ...(task.circumstances && { circumstances }),
    assessment: { ...assessment, decidedBy: decidedBy(question, assessment) },
  };
}
