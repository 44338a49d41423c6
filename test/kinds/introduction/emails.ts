import type { VehicleSold } from '../../../functions/contracts/vehicle-sold.ts';
import {
  blankIntroduction,
  type ServiceIntroduction,
} from '../../../functions/handoffs/introduction/task.ts';
import {
  assigned,
  CLOSED_AT,
  casesIn,
  declinedBefore,
  type EmailCase,
  type KindEmails,
  soldElsewhere,
  type World,
  when,
} from '../emails.ts';

export function soldIn(world: World): VehicleSold {
  const { promises, prepaid } = world;
  return {
    ...when,
    storeId: world.store.id,
    dealNumber: 'D-48211',
    dealType: 'retail',
    customer: world.customer,
    vehicle: world.vehicle,
    salespeople: [
      { employeeNumber: world.seller.employeeNumber },
      { employeeNumber: world.colleague.employeeNumber },
    ],
    ...(world.bare ? {} : { deliveryAt: '2026-11-20T22:00:00.000Z', promises, prepaid }),
  };
}

export function introductionIn(world: World): ServiceIntroduction {
  return {
    ...blankIntroduction(world.store.id, 'D-48211', world.now),
    ...assigned(world.advisor),
    facts: { sold: soldIn(world) },
    ...(world.bare ? {} : { firstService: { dueOn: '2027-11-20', dueMiles: 7_500 } }),
  };
}

const withoutEmail = (world: World): World => {
  const { email: _email, ...customer } = world.customer;
  return { ...world, customer };
};

/** The same, delivered at another time. */
export const deliveredAt = (world: World, deliveryAt: string): ServiceIntroduction => {
  const task = introductionIn(world);
  return { ...task, facts: { ...task.facts, sold: { ...soldIn(world), deliveryAt } } };
};

/** Nobody in Sales is on the deal. */
function houseDealIn(world: World): ServiceIntroduction {
  const introduction = introductionIn(world);
  return {
    ...introduction,
    facts: { ...introduction.facts, sold: { ...soldIn(world), salespeople: [] } },
  };
}

/** The roster does not have the salesperson whom the DMS names. */
function unknownSellerIn(world: World): ServiceIntroduction {
  const introduction = introductionIn(world);
  return {
    ...introduction,
    facts: {
      ...introduction.facts,
      sold: { ...soldIn(world), salespeople: [{ employeeNumber: '9917' }] },
    },
  };
}

const sign = { button: 'Sign the introduction' };

/** A sister store sold the car. */
function casesAcross(world: World): EmailCase[] {
  const { toCustomer, toAdvisor, toSeller } = casesIn(soldElsewhere(world));
  const introduction = introductionIn(world);
  const variant = 'sold at another store';
  return [
    toCustomer('introduction-to-customer', variant, introduction),
    toSeller('walk-over', variant, introduction, sign),
    toAdvisor('introduction-to-sign', variant, introduction, { button: 'Sign the introduction' }),
  ];
}

function cases(world: World): EmailCase[] {
  const { toCustomer, toAdvisor, toSeller, toColleague, toManager } = casesIn(world);
  const introduction = introductionIn(world);
  const noEmail = introductionIn(withoutEmail(world));
  const onSunday = deliveredAt(world, CLOSED_AT);
  const noEmailOnSunday = deliveredAt(withoutEmail(world), CLOSED_AT);
  const onTuesday = deliveredAt(world, '2026-11-17T20:00:00.000Z');
  const moved = { own: { code: 'delivery-moved' } };
  const fromManager: ServiceIntroduction = { ...introduction, contact: world.manager.employeeNumber };
  const walked = { button: 'Sign the walk-over' };
  return [
    toCustomer('introduction-to-customer', 'open', introduction),
    toCustomer('introduction-to-customer', 'another car', introduction, { own: { code: 'another-car' } }),
    toCustomer('introduction-to-customer', 'closed', introduction, { now: CLOSED_AT }),
    toCustomer('introduction-to-customer', 'nobody accepted', fromManager),
    toCustomer('introduction-to-customer', 'no advisor', introduction, { gone: [world.advisor] }),
    toCustomer('new-advisor-to-customer', 'usual', introduction),
    toSeller('walk-over', 'open', introduction, walked),
    toSeller('walk-over', 'no email', noEmail, { button: 'Enter the address' }),
    toSeller('walk-over', 'closed', onSunday, { now: CLOSED_AT }),
    toSeller('walk-over', 'closed, no email', noEmailOnSunday, {
      button: 'Enter the address',
      now: CLOSED_AT,
    }),
    toSeller('walk-over', 'delivered before', onTuesday, sign),
    toSeller('walk-over', 'delivery moved', introduction, { ...walked, ...moved }),
    toAdvisor('introduction-to-sign', 'usual', introduction, sign),
    toAdvisor('introduction-to-sign', 'closed', onSunday, { ...sign, now: CLOSED_AT }),
    toAdvisor('introduction-to-sign', 'delivered before', onTuesday, sign),
    toAdvisor('introduction-to-sign', 'delivery moved', introduction, { ...sign, ...moved }),
    toAdvisor('introduction-to-sign', 'handed over, no email', noEmail, {
      ...declinedBefore(world),
      button: 'Sign the introduction',
    }),
    toManager('walk-over', 'house deal', houseDealIn(world), walked),
    toAdvisor('introduction-to-sign', 'house deal', houseDealIn(world), sign),
    toManager('walk-over', 'unknown salesperson', unknownSellerIn(world), walked),
    toColleague('sale-notice', 'usual', introduction),
    toSeller('introduction-accepted', 'usual', introduction),
    toManager('customer-met-nobody', 'usual', fromManager, { button: 'See this handoff' }),
    toManager('customer-met-nobody', 'advisor', introduction, { button: 'See this handoff' }),
    ...casesAcross(world),
  ];
}

export const introductionEmails: KindEmails = { task: introductionIn, cases };
