import type { VehicleSold } from '../../contracts/vehicle-sold.ts';
import { familyKey, isSameName, nameKey } from '../../customers/name-key.ts';
import { isStandIn } from '../../customers/without-placeholders.ts';
import type { Context } from '../../handoff/context.ts';
import { cameBack } from '../../handoff/delivery-reports.ts';
import { type Draft, draft } from '../../handoff/draft.ts';
import { mayHaveLeft } from '../../handoff/item-bounds.ts';
import { emailsOf } from '../../handoff/queue.ts';
import { findManager } from '../../people/routing.ts';
import { canBeNotified } from '../../people/staff.ts';
import { routeToService } from '../any-kind/route-to-service.ts';
import { sellersOf } from './sellers.ts';
import { introductionTraits, type SaleCorrection, type ServiceIntroduction, walkersOf } from './task.ts';

type Introduction = ServiceIntroduction;

/** Assigns an advisor, and queues the emails to the advisor, the salespeople and the customer. */
export const introduce =
  (sold: VehicleSold) =>
  (draft: Draft<Introduction>): Draft<Introduction> =>
    draft
      .assign(routeToService(sold.customer, sold.serviceAdvisorNumber, draft.context))
      .startDeadline('accept')
      .email({ message: 'introduction-to-sign', to: 'assignee' })
      .also(emailSalespeople())
      .also(introduceToCustomer(sold))
      .event('handoff-task-created');

const introduceToCustomer =
  ({ customer }: VehicleSold) =>
  (draft: Draft<Introduction>): Draft<Introduction> => {
    const { introducedTo, assignee } = draft.task;
    if (customer.email === undefined) return draft.noAddress();
    if (introducedTo === undefined)
      return draft.email({ message: 'introduction-to-customer', to: 'customer' });
    return introducedTo === assignee?.employeeNumber
      ? draft
      : draft.email({ message: 'new-advisor-to-customer', to: 'customer' });
  };

/**
 * The first salesperson of the deal who can get email owns the customer and walks them over; the others get a notice,
 * and so does the person who was asked before a correction. If there is none, the sales manager takes their place.
 */
export const emailSalespeople =
  (correction?: SaleCorrection) =>
  (draft: Draft<Introduction>): Draft<Introduction> => {
    const { roster, today, person } = draft.context;
    const [seller, ...others] = sellersOf(draft.task, person)
      .filter((found) => canBeNotified(found, today))
      .map(({ employeeNumber }) => employeeNumber);
    const owner = seller ?? findManager({ department: 'sales', roster, on: today })?.employeeNumber;
    // Asked before a correction named somebody else: without a word both would walk the customer over.
    const former = walkersOf(draft.task).filter((number) => number !== owner);
    return draft
      .change((task) => ({ ...task, soldBy: seller }))
      .emailEach(owner === undefined ? [] : [owner], { message: 'walk-over', ...corrected(correction) })
      .emailEach([...new Set([...others, ...former])], { message: 'sale-notice', ...corrected(correction) });
  };

const corrected = (own: SaleCorrection | undefined) => (own ? { own, again: true } : {});
const anotherBuyer = { code: 'another-buyer' } as const;
const anotherCar = { code: 'another-car' } as const;

/** Whether the deal was entered for somebody else. A number alone is merged, and a name alone is spelled right. */
export function isAnotherBuyer({ customer: one }: VehicleSold, { customer: other }: VehicleSold): boolean {
  const numbers = [one.customerNumber, other.customerNumber];
  if (numbers[0] === numbers[1] || numbers.some(isStandIn)) return false;
  return !isSameName(nameKey(one) ?? familyKey(one), nameKey(other) ?? familyKey(other));
}

/** Everybody who was notified of the wrong buyer is notified of the right one, who is introduced like any other. */
export const introduceAnotherBuyer =
  ({ customer }: VehicleSold) =>
  (draft: Draft<Introduction>): Draft<Introduction> =>
    draft
      .change((task) => ({ ...task, customerEmail: undefined, introducedTo: undefined }))
      .email({ message: 'introduction-to-sign', to: 'assignee', ...corrected(anotherBuyer) })
      .also(emailSalespeople(anotherBuyer))
      .also((told) => {
        if (customer.email === undefined) return told.noAddress();
        // A letter that is still queued will be written to the right buyer anyway.
        const letters = emailsOf(told.task, 'introduction-to-customer', 'customer');
        const again = letters.every(({ state }) => state !== 'owed');
        return told.email({ message: 'introduction-to-customer', to: 'customer', again });
      });

/** Whether the deal turned out to be for another car. A placeholder was no car. */
export const isAnotherCar = ({ vehicle: one }: VehicleSold, { vehicle: other }: VehicleSold): boolean =>
  one.vin !== other.vin && ![one.vin, other.vin].some(isStandIn);

/** Staff were told by the VIN, the customer by year, make and model: each is told again of what is different for them. */
export const introduceAnotherCar =
  (known: VehicleSold, sold: VehicleSold) =>
  (draft: Draft<Introduction>): Draft<Introduction> => {
    const letters = emailsOf(draft.task, 'introduction-to-customer', 'customer');
    const hasLetter = letters.some((entry) => mayHaveLeft(entry) && !cameBack(entry));
    return draft
      .email({ message: 'introduction-to-sign', to: 'assignee', ...corrected(anotherCar) })
      .also(emailSalespeople(anotherCar))
      .when(hasLetter && carOf(known.vehicle) !== carOf(sold.vehicle), (told) =>
        told.email({ message: 'introduction-to-customer', to: 'customer', ...corrected(anotherCar) }),
      );
  };

const carOf = ({ year, make, model }: VehicleSold['vehicle']): string => [year, make, model].join(' ');

/** Sends the introduction if a correction supplies an address that was missing or bouncing. */
export const retryIntroduction =
  (known: VehicleSold, sold: VehicleSold) =>
  (draft: Draft<Introduction>): Draft<Introduction> => {
    const { email } = sold.customer;
    const sent = emailsOf(draft.task, 'introduction-to-customer', 'customer');
    const failed = sent.every((entry) => entry.state === 'given-up' || cameBack(entry));
    if (email === undefined || email === known.customer.email || !failed) return draft;
    // The new address from the DMS replaces the one that staff entered and that failed.
    return draft
      .change((task) => ({ ...task, customerEmail: undefined }))
      .email({ message: 'introduction-to-customer', to: 'customer', again: true });
  };

/** Queues one correction to the customer when the advisor named in the introduction has changed. */
export function correctCustomer(task: Introduction, context: Context): Introduction {
  // An introduction or a correction that is still queued will name the new advisor anyway.
  const isWaiting = emailsOf(task, 'new-advisor-to-customer').some((entry) => entry.state === 'owed');
  if (!customerWasNotified(task) || isWaiting) return task;
  return draft(task, introductionTraits, context).email({
    message: 'new-advisor-to-customer',
    to: 'customer',
    again: true,
  }).task;
}

/** Whether the customer has, or may have, an email that names an advisor. */
export function customerWasNotified(task: Introduction): boolean {
  if (task.introducedTo !== undefined) return true;
  const gone = ['sending', 'sent', 'unknown', 'asked'];
  return [...emailsOf(task, 'introduction-to-customer'), ...emailsOf(task, 'new-advisor-to-customer')].some(
    (entry) => gone.includes(entry.state),
  );
}
