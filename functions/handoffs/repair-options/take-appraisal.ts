import type { Received } from '../../contracts/fact-version.ts';
import type { VehicleAppraised } from '../../contracts/vehicle-appraised.ts';
import { decideAndDeliver } from '../../outbox/decide-and-deliver.ts';
import { decideAppraised } from './appraisal.ts';
import { decideByArm } from './decide-by-arm.ts';
import { keepDecision, type ReviewServices } from './review-repair-quote.ts';
import { blankRepairOptions, type RepairOptions } from './task.ts';

/** The used-car desk answered: its number goes into the sheet of the order. */
export async function takeAppraisal(
  services: ReviewServices,
  fact: Received<VehicleAppraised>,
): Promise<string> {
  const { storeId, roNumber, use } = fact;
  const { outcome } = await decideAndDeliver(services, {
    storeId,
    blank: (now) => blankRepairOptions(storeId, roNumber, now, use),
    decide: async (task, context) => {
      const decide = (one: RepairOptions) => decideAppraised(one, fact, context);
      return keepDecision(services, await decideByArm(services, task, decide), context);
    },
  });
  return outcome;
}
