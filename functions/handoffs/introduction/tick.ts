import type { Context } from '../../handoff/context.ts';
import { draft } from '../../handoff/draft.ts';
import { raiseIfBooked } from './first-visit.ts';
import { introduce } from './recipients.ts';
import { introductionTraits, type ServiceIntroduction } from './task.ts';

/** On a timer tick: the day of delivery, and the day to raise the first service. */
export function tickIntroduction(task: ServiceIntroduction, context: Context): ServiceIntroduction {
  const { sold } = task.facts;
  if (!sold) return task;
  const isDue = (at: string | undefined) => at !== undefined && at <= context.now;
  return draft(task, introductionTraits, context)
    .when(isDue(task.deadlines.release) && task.state === 'waiting', (draft) =>
      draft.deadline('release', undefined).step('release', { by: 'clock' }).also(introduce(sold)),
    )
    .when(isDue(task.deadlines['raise-first-service']), (draft) =>
      draft
        .deadline('raise-first-service', undefined)
        .note({ code: 'first-service-raised' }, 'clock')
        .event('first-service-due'),
    )
    .also(raiseIfBooked).task;
}
