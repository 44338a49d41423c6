import { addBusinessMinutes, localDate, nextOpen, promisedBy } from '../../group/business-time.ts';
import { nudgePolicyOf } from '../../group/group.ts';
import { UNTIL_ANSWERED } from '../../group/nudge-policy.ts';
import type { Context } from '../../handoff/context.ts';
import { setDeadline } from '../../handoff/task-changes.ts';
import { orderOccasionOf } from '../../readiness/occasion.ts';
import type { RepairOptions } from './task.ts';

/** The time that the advisor has to present both columns before Sales is notified of the order. */

/** Asks the advisor and sets the end of the head start; `over` if there is none, or no time left for one. */
export function beginHeadStart(task: RepairOptions, context: Context): RepairOptions | 'over' {
  const isBegun = task.deadlines['head-start'] !== undefined || task.advisorSilent !== undefined;
  if (isBegun) return task;
  const ends = endOf(task, context);
  if (ends <= context.now) return 'over';
  return setDeadline({ ...task, advisorAskedAt: context.now }, 'head-start', ends);
}

export const stopHeadStart = (task: RepairOptions): RepairOptions =>
  setDeadline(task, 'head-start', undefined);

/** Never later than the promised time, when the customer leaves. A policy that waits for a yes waits until Service closes. */
function endOf({ facts }: RepairOptions, { group, store, now, calendar }: Context): string {
  const minutes = nudgePolicyOf(group, store).advisorHeadStartMinutes;
  const service = calendar('service');
  if (minutes === UNTIL_ANSWERED) {
    return promisedBy(store, localDate(store.timeZone, nextOpen(service, now)));
  }
  if (minutes === 0) return now;
  const given = addBusinessMinutes(service, now, minutes);
  const { promisedAt, promisedOn } = orderOccasionOf(facts) ?? {};
  const promised = promisedAt ?? (promisedOn && promisedBy(store, promisedOn));
  return promised !== undefined && promised < given ? promised : given;
}
