import type { RepairQuoteHigh } from '../contracts/repair-quote-high.ts';
import { plusDays } from '../group/business-time.ts';
import type { NudgePolicy } from '../group/nudge-policy.ts';
import { hash, taskIdOf } from '../handoff/keys.ts';

/**
 * Caps on nudges that span tasks: a person's per day, and a customer's and household's per period across all stores.
 * Each is an item of its own that is claimed by a conditional write, so that two events at once can't both pass.
 */
export interface Cap {
  /** Names the item. */
  readonly what: string;
  /** In words, for the log of the task. */
  readonly text: string;
  readonly places: number;
  /** Claims made before this instant count no more. */
  readonly since: string;
}

type Customer = Pick<RepairQuoteHigh, 'storeId' | 'roNumber' | 'customer' | 'vehicle'>;

export const nudgeCaps = {
  taskOf: ({ storeId, roNumber }: Customer) => taskIdOf({ kind: 'upgrade-conversation', storeId, roNumber }),

  /** The same customer, address or car: whichever is known of the household. */
  ofCustomer: ({ storeId, customer, vehicle }: Customer) => [
    { what: `customer#${storeId}#${customer.customerNumber}`, text: 'the customer was nudged about lately' },
    { what: `vehicle#${vehicle.vin}`, text: 'the car was nudged about lately' },
    ...(customer.email === undefined
      ? []
      : [{ what: `address#${hash([customer.email])}`, text: 'the household was nudged about lately' }]),
  ],

  ofCustomerSince: (about: Customer, policy: NudgePolicy, now: string): Cap[] =>
    nudgeCaps
      .ofCustomer(about)
      .map((cap) => ({ ...cap, places: 1, since: plusDays(now, -policy.nudgedWithinDays) })),

  ofPerson: (
    person: { storeId: string; employeeNumber: string },
    date: string,
    policy: NudgePolicy,
  ): Cap => ({
    what: `person#${person.storeId}#${person.employeeNumber}#${date}`,
    text: "the person's nudges of the day are used up",
    places: policy.nudgesPerPersonPerDay,
    since: '',
  }),
} as const;
