import { nudgePolicyOf } from '../../group/group.ts';
import type { Context } from '../../handoff/context.ts';
import { withValue } from '../../readiness/appraisal.ts';
import { assess } from '../../readiness/assess.ts';
import type { RepairOptions } from './task.ts';

/** The order with its assessment by all that is known of it: quote, its car's value, history, circumstances. */
export function assessOrder(task: RepairOptions, { store, group, today }: Context): RepairOptions {
  const { facts, history, circumstances = {} } = task;
  if (!facts.quote) return task;
  return {
    ...task,
    assessment: assess({
      quote: withValue(facts.quote, task, today),
      history,
      circumstances,
      policy: nudgePolicyOf(group, store),
      today,
      timeZone: store.timeZone,
      ...(store.distanceUnit === 'miles' ? {} : { distanceUnit: store.distanceUnit }),
    }),
  };
}
