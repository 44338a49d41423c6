import type { Received } from '../../contracts/fact-version.ts';
import type { VehicleAppraised } from '../../contracts/vehicle-appraised.ts';
import type { Context } from '../../handoff/context.ts';
import type { Decision } from '../../handoff/draft.ts';
import { decideAndDeliver } from '../../outbox/decide-and-deliver.ts';
import { occasionOf } from '../../readiness/occasion.ts';
import { decideAppraised } from './appraisal.ts';
import { askerOf } from './conversation-request.ts';
import { decideByArm } from './decide-by-arm.ts';
import { circumstancesNow } from './knowledge.ts';
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
      const known = await withCircumstancesNow(services, task, decide(task), context);
      return keepDecision(services, await decideByArm(services, known, decide), context);
    },
  });
  return outcome;
}

/**
 * Before the number may lead to Sales, what was said since the quote counts: a complaint, a contact, a "no". A conversation that
 * Sales was asked for only gets the number.
 */
async function withCircumstancesNow(
  services: ReviewServices,
  order: RepairOptions,
  { task: would, changed }: Decision<RepairOptions>,
  context: Context,
): Promise<RepairOptions> {
  const occasion = occasionOf(order.facts);
  const mayAskSales = changed && would.assessment?.nudge === true && askerOf(order) === undefined;
  if (!occasion || !mayAskSales) return order;
  const found = await circumstancesNow(services, { task: order, occasion }, context);
  const { policyDecides, holdout } = order.circumstances ?? {};
  const ofOrder = { ...(policyDecides && { policyDecides }), ...(holdout && { holdout }) };
  return { ...order, circumstances: { ...found, ...ofOrder } };
}
