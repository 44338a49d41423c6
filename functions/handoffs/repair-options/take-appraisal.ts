import type { Received } from '../../contracts/fact-version.ts';
import type { VehicleAppraised } from '../../contracts/vehicle-appraised.ts';
import { decideAndDeliver } from '../../outbox/decide-and-deliver.ts';
import { decideAppraised } from './appraisal.ts';
import { keepDecision, type ReviewServices } from './review-repair-quote.ts';
import { blankRepairOptions } from './task.ts';

/** The used-car desk answered: its number goes into the sheet of the order. */
export async function takeAppraisal(
  services: ReviewServices,
  fact: Received<VehicleAppraised>,
): Promise<string> {
  const { storeId, roNumber, use } = fact;
  const { outcome } = await decideAndDeliver(services, {
    storeId,
    blank: (now) => blankRepairOptions(storeId, roNumber, now, use),
    decide: (task, context) => keepDecision(services, decideAppraised(task, fact, context), context),
  });
  return outcome;
}
