import type { Decision } from '../../handoff/draft.ts';
import { isOpen } from '../../handoff/task.ts';
import { type DrawingServices, drawHoldout } from '../../outbox/draw-holdout.ts';
import { occasionOf } from '../../readiness/occasion.ts';
import { askerOf } from './conversation-request.ts';
import type { RepairOptions } from './task.ts';

/**
 * If the rule would start something for this order for the first time, the order with the arm of its customer's household, to
 * be decided again. An arm is drawn only then, so that both arms have the same kind of customers. An order whose conversation
 * somebody asked for before is in no arm.
 */
export async function withArm(
  services: DrawingServices,
  before: RepairOptions,
  after: RepairOptions,
): Promise<RepairOptions | undefined> {
  const starts =
    after.assessment?.nudge === true &&
    after.circumstances?.holdout === undefined &&
    before.assessment?.nudge !== true &&
    askerOf(before) === undefined;
  const holdout = starts ? await drawHoldout(services, householdOf(after)) : undefined;
  return holdout && { ...before, circumstances: { ...before.circumstances, holdout } };
}

/** Decides, and decides again with the arm if that matters. */
export async function decideByArm(
  services: DrawingServices,
  before: RepairOptions,
  decide: (task: RepairOptions) => Decision<RepairOptions>,
): Promise<Decision<RepairOptions>> {
  const decision = decide(before);
  const starts = decision.changed && isOpen(decision.task);
  const drawn = starts ? await withArm(services, before, decision.task) : undefined;
  return drawn ? decide(drawn) : decision;
}

/** The customer under all of their numbers, and the people with whom they bought a car. */
function householdOf({ storeId, facts, history }: RepairOptions) {
  const { customerNumber = '', email, phone } = occasionOf(facts)?.customer ?? {};
  const numbers = [customerNumber, ...(history?.otherNumbers ?? []), ...(history?.coBuyers ?? [])];
  return { storeId, numbers: [...new Set(numbers)].filter((one) => one !== ''), email, phone };
}
