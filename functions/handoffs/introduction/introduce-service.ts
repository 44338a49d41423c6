import type { Received } from '../../contracts/fact-version.ts';
import type { VehicleSold } from '../../contracts/vehicle-sold.ts';
import { usedBy } from '../../handoff/number-reuse.ts';
import { decideAndDeliver, placeOfSale, type Services } from '../../outbox/decide-and-deliver.ts';
import { type IdentifyingServices, identifyShopper } from '../../outbox/identify-shopper.ts';
import { keepNoContact } from '../../outbox/keep-no-contact.ts';
import type { StartResult } from '../../outbox/start-result.ts';
import { decideSold, decideStarted, hasLeft, leaveStore } from './decide.ts';
import { blankIntroduction } from './task.ts';

/** A car was sold: introduce the customer to Service, in person by the salesperson and by email. */
export async function introduceService(services: Services, sold: Received<VehicleSold>): Promise<string> {
  await keepNoContact(services, sold);
  const { outcome } = await decideAndDeliver(services, {
    ...placeOfSale(services.group, sold),
    places: true,
    blank: (now, use) => blankIntroduction(sold.storeId, sold.dealNumber, now, use),
    concerns: { ...usedBy(sold), occurredAt: sold.occurredAt },
    expectNew: true,
    moves: { leave: (task, context) => leaveStore(task, sold, context), hasLeft },
    decide: (task, context) => decideSold(task, sold, context),
  });
  return outcome;
}

/** A salesperson starts it before the DMS reports the deal, which will then find it by the deal's number. */
export async function startIntroduction(
  services: Services & IdentifyingServices,
  typed: Received<VehicleSold>,
): Promise<StartResult> {
  const sold = { ...typed, ...(await identifyShopper(services, typed)) };
  await keepNoContact(services, sold);
  const { outcome, task } = await decideAndDeliver(services, {
    ...placeOfSale(services.group, sold),
    places: true,
    blank: (now, use) => blankIntroduction(sold.storeId, sold.dealNumber, now, use),
    concerns: { ...usedBy(sold), occurredAt: sold.occurredAt },
    decide: (before, context) => decideStarted(before, sold, context),
  });
  return { outcome, taskId: task.taskId };
}
