import type { VehicleSold } from '../../contracts/vehicle-sold.ts';
import { familyKey, isSameName, nameKey } from '../../customers/name-key.ts';
import { isStandIn } from '../../customers/without-placeholders.ts';
import type { Context } from '../../handoff/context.ts';
import { cameBack } from '../../handoff/delivery-reports.ts';
import type { Draft } from '../../handoff/draft.ts';
import { mayHaveLeft } from '../../handoff/item-bounds.ts';
import { emailsOf } from '../../handoff/queue.ts';
import { findManager } from '../../people/routing.ts';
import { canBeNotified } from '../../people/staff.ts';
import { routeToService } from '../any-kind/route-to-service.ts';
import { writeToAnotherBuyer } from './customer-letters.ts';
import { checklistAt } from './delivery.ts';
import { sellersOf } from './sellers.ts';
import { type SaleCorrection, type ServiceIntroduction, walkersOf } from './task.ts';

type Introduction = ServiceIntroduction;

/**
 * Assigns an advisor, and queues the emails to the advisor and the salespeople. The customer gets a letter from the person who
 * accepts.
 */
export const introduce =
  (sold: VehicleSold) =>
  (draft: Draft<Introduction>): Draft<Introduction> =>
    draft
      .assign(
        routeToService(
          sold.customer,
          {
            ownNumber: sold.serviceAdvisorNumber,
            partnerOf: sellersOf(draft.task, draft.context.employed)[0]?.employeeNumber,
          },
          draft.context,
        ),
      )
      .startDeadline('accept')
      .email({ message: 'introduction-to-sign', to: 'assignee' })
      .also(emailSalespeople())
      .when(sold.customer.email === undefined, (current) => current.noAddress())
      .announce();

/**
 * The first salesperson of the deal who can get email owns the customer and walks them over. The others get a notice, and so
 * does a person who was asked before a correction. If no salesperson can get email, the sales manager takes their place.
 */
export const emailSalespeople =
  (correction?: SaleCorrection) =>
  (draft: Draft<Introduction>): Draft<Introduction> => {
    const [seller, ...others] = notifiableSellers(draft);
    const owner = walkerOf(draft);
    // People who were asked before a correction named somebody else: without a notice, both would walk the customer over.
    const former = walkersOf(draft.task).filter((number) => number !== owner);
    return draft
      .change((task) => ({ ...task, soldBy: seller }))
      .emailEach(owner === undefined ? [] : [owner], {
        message: 'walk-over',
        ...atDelivery(draft.task, draft.context),
        ...corrected(correction),
      })
      .emailEach([...new Set([...others, ...former])], { message: 'sale-notice', ...corrected(correction) });
  };

const notifiableSellers = ({ task, context }: Draft<Introduction>): string[] =>
  sellersOf(task, context.person)
    .filter((found) => canBeNotified(found, context.today))
    .map(({ employeeNumber }) => employeeNumber);

/** The person who is to walk the customer over. */
export function walkerOf(draft: Draft<Introduction>): string | undefined {
  const { roster, today } = draft.context;
  const [seller] = notifiableSellers(draft);
  return seller ?? findManager({ department: 'sales', roster, on: today })?.employeeNumber;
}

/** The checklist is sent shortly before the delivery, not when the deal is entered. */
export function atDelivery(
  { facts: { sold } }: Introduction,
  { group, now }: Context,
): { readonly notBefore?: string } {
  const at = sold && checklistAt(sold, { group });
  return at !== undefined && at > now ? { notBefore: at } : {};
}

const corrected = (own: SaleCorrection | undefined) => (own ? { own, again: true } : {});
const anotherBuyer = { code: 'another-buyer' } as const;
const anotherCar = { code: 'another-car' } as const;

/**
 * Whether the deal was entered for somebody else. If only the number differs, records were merged; if only the name differs,
 * its spelling was corrected.
 */
export function isAnotherBuyer({ customer: one }: VehicleSold, { customer: other }: VehicleSold): boolean {
  const numbers = [one.customerNumber, other.customerNumber];
  if (numbers[0] === numbers[1] || numbers.some(isStandIn)) return false;
  return !isSameName(nameKey(one) ?? familyKey(one), nameKey(other) ?? familyKey(other));
}

/** Everybody who was notified of the wrong buyer is notified of the right one, who is introduced like any other buyer. */
export const introduceAnotherBuyer =
  ({ customer }: VehicleSold) =>
  (draft: Draft<Introduction>): Draft<Introduction> =>
    draft
      .change((task) => ({ ...task, customerEmail: undefined, introducedTo: undefined }))
      .email({ message: 'introduction-to-sign', to: 'assignee', ...corrected(anotherBuyer) })
      .also(emailSalespeople(anotherBuyer))
      .also(customer.email === undefined ? (current) => current.noAddress() : writeToAnotherBuyer);

/** Whether the deal turned out to be for another car. Replacing a placeholder is not a change of car. */
export const isAnotherCar = ({ vehicle: one }: VehicleSold, { vehicle: other }: VehicleSold): boolean =>
  one.vin !== other.vin && ![one.vin, other.vin].some(isStandIn);

/**
 * Staff know the car by its VIN, the customer by year, make and model: each is notified again only of what differs for them.
 */
export const introduceAnotherCar =
  (known: VehicleSold, sold: VehicleSold) =>
  (draft: Draft<Introduction>): Draft<Introduction> => {
    const letters = emailsOf(draft.task, 'introduction-to-customer', 'customer');
    const hasLetter = letters.some((entry) => mayHaveLeft(entry) && !cameBack(entry));
    return draft
      .email({ message: 'introduction-to-sign', to: 'assignee', ...corrected(anotherCar) })
      .also(emailSalespeople(anotherCar))
      .when(hasLetter && carOf(known.vehicle) !== carOf(sold.vehicle), (current) =>
        current.email({ message: 'introduction-to-customer', to: 'customer', ...corrected(anotherCar) }),
      );
  };

const carOf = ({ year, make, model }: VehicleSold['vehicle']): string => [year, make, model].join(' ');
