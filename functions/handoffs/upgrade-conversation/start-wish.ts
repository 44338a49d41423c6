import type { CustomerAskedAboutCar } from '../../contracts/customer-asked-about-car.ts';
import type { Received } from '../../contracts/fact-version.ts';
import { contextOf, decideAndDeliver, type Services } from '../../outbox/decide-and-deliver.ts';
import { type IdentifyingServices, identifyShopper } from '../../outbox/identify-shopper.ts';
import { keepNoContact } from '../../outbox/keep-no-contact.ts';
import type { StartResult } from '../../outbox/start-result.ts';
import { openUse } from '../any-kind/open-use.ts';
import { OVER } from '../any-kind/over-before.ts';
import { upgradeConversation } from './kind.ts';
import { blankWish } from './task.ts';
import { decideWish, isOverBefore } from './wish.ts';

export type WishServices = Services & IdentifyingServices;

export const followWish = async (
  services: WishServices,
  wish: Received<CustomerAskedAboutCar>,
): Promise<string> => (await startWish(services, wish)).outcome;

/** A service customer asked about another car: noted on a page, or reported by another system. */
export async function startWish(
  services: WishServices,
  asked: Received<CustomerAskedAboutCar>,
): Promise<StartResult> {
  const { storeId, occurredAt } = asked;
  await contextOf(services, storeId);
  const wish = { ...asked, ...(await identifyShopper(services, asked)) };
  await keepNoContact(services, wish);
  const { customerNumber } = wish.customer;
  const blank = (now: string, use: number) => blankWish(storeId, customerNumber, now, use);
  for (;;) {
    const use = await openUse(
      services.tasks,
      (one) => blank(occurredAt, one).taskId,
      (known) => upgradeConversation.is(known) && isOverBefore(known, occurredAt),
    );
    const { outcome, task } = await decideAndDeliver(services, {
      storeId,
      blank: (now) => blank(now, use),
      decide: (before, context) => decideWish(before, wish, context),
    });
    // That conversation has ended for good, so this starts the customer's next one.
    if (outcome !== OVER) return { outcome, taskId: task.taskId };
  }
}
