import type { AppraisalRequested } from '../../contracts/appraisal-requested.ts';
import type { Received } from '../../contracts/fact-version.ts';
import { taskIdOf } from '../../handoff/traits.ts';
import { decideAndDeliver, type Services } from '../../outbox/decide-and-deliver.ts';
import { assessedOrder } from '../../readiness/assessed-order.ts';
import { decideRequested } from './decide.ts';
import { blankAppraisal } from './task.ts';

/** Asks the used-car desk for a number, or tells it that the number is no longer needed. */
export async function requestAppraisal(
  services: Services,
  request: Received<AppraisalRequested>,
): Promise<string> {
  const { storeId, roNumber, use } = request;
  const item = await services.tasks.read(taskIdOf('repair-options', storeId, [roNumber], use));
  const { data: order } = assessedOrder.safeParse(item);
  if (!order) return 'no-such-order';
  const { outcome } = await decideAndDeliver(services, {
    storeId,
    blank: (now) => blankAppraisal(storeId, roNumber, now, use),
    decide: (task, context) => decideRequested(task, request, order, context),
  });
  return outcome;
}
