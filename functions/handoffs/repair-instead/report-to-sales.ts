import { addDays, nextOpen, startOfDay } from '../../group/business-time.ts';
import type { Context } from '../../handoff/context.ts';
import type { Draft } from '../../handoff/draft.ts';
import { type RepairInstead as Repair, senderOf } from './task.ts';

/** The person who sent the customer over gets the report, and is asked later how the car is doing. */
export function reportToSales(before: Draft<Repair>): Draft<Repair> {
  const sender = senderOf(before.task);
  if (sender === undefined) return before;
  return before
    .email({ message: 'repair-report', to: { staff: sender }, again: true })
    .deadline('follow-up', recheckAt(before.task, before.context));
}

/** None for a car that is not worth fixing: that customer is with Sales again at once. */
function recheckAt({ ended }: Repair, { group, store, today, calendar }: Context): string | undefined {
  const isKept = ended?.outcome === 'fixed' || ended?.outcome === 'declined';
  if (!isKept || group.recheckAfterDays === 0) return undefined;
  return nextOpen(calendar('sales'), startOfDay(store.timeZone, addDays(today, group.recheckAfterDays)));
}
