import type { Received } from '../../contracts/fact-version.ts';
import type { ShopperExpected } from '../../contracts/shopper-expected.ts';
import type { ShopperNeedsService } from '../../contracts/shopper-needs-service.ts';
import { withAwaited } from '../../history/car-owners.ts';
import type { Cars, HistoryStore } from '../../history/ports.ts';
import { contextOf, decideAndDeliver, placeOfSale, type Services } from '../../outbox/decide-and-deliver.ts';
import { type IdentifyingServices, identifyShopper } from '../../outbox/identify-shopper.ts';
import { keepNoContact } from '../../outbox/keep-no-contact.ts';
import type { StartResult } from '../../outbox/start-result.ts';
import { openUse } from '../any-kind/open-use.ts';
import { OVER } from '../any-kind/over-before.ts';
import { decideClosedBefore } from './closed-order.ts';
import { decideNeeds } from './decide.ts';
import { repairInstead } from './kind.ts';
import { blankRepair, isOverBefore } from './task.ts';

export type SendingServices = Services & IdentifyingServices;

interface ExpectingServices extends Services {
  readonly cars: Cars;
  readonly history: HistoryStore;
}

export const followNeeds = async (
  services: SendingServices,
  needs: Received<ShopperNeedsService>,
): Promise<string> => (await sendToService(services, needs)).outcome;

/**
 * A shopper is sent to Service, from a page or by another system. It belongs to the customer's visit that is open at that time,
 * so the same report sent twice, or by two people, is one handoff.
 */
export async function sendToService(
  services: SendingServices,
  needs: Received<ShopperNeedsService>,
): Promise<StartResult> {
  const { storeId } = needs;
  await contextOf(services, storeId);
  const asked = { ...needs, ...(await identifyShopper(services, needs)) };
  await keepNoContact(services, asked);
  for (;;) {
    const use = await openUse(
      services.tasks,
      (one) => blankRepair(storeId, asked.customer.customerNumber, asked.occurredAt, one).taskId,
      (known) => repairInstead.is(known) && isOverBefore(known, asked.occurredAt),
    );
    const { outcome, task } = await decideAndDeliver(services, {
      ...placeOfSale(services.group, asked),
      places: true,
      blank: (now) => blankRepair(storeId, asked.customer.customerNumber, now, use),
      decide: (before, context) => decideNeeds(before, asked, context),
    });
    // That visit has ended for good, so this starts the shopper's next one.
    if (outcome !== OVER) return { outcome, taskId: task.taskId };
  }
}

/**
 * Stores the handoff with the car, where the car's closed order finds it. An order that closed earlier is found in the car's
 * history, which is read after storing, so that no order falls between the two.
 */
export async function expectShopper(
  services: ExpectingServices,
  { vin, storeId, customerNumber, use }: ShopperExpected,
): Promise<string> {
  await services.cars.change(vin, (known) => withAwaited(known, { storeId, customerNumber, use }));
  const { today } = await contextOf(services, storeId);
  const visits = await services.history.readCar(vin, today);
  const closed = visits.filter(({ voided }) => voided !== true);
  if (closed.length === 0) return 'noted';
  const { outcome } = await decideAndDeliver(services, {
    storeId,
    blank: (now) => blankRepair(storeId, customerNumber, now, use),
    decide: (task, context) => decideClosedBefore(task, closed, context),
  });
  return outcome;
}
