import { familyKey } from '../customers/name-key.ts';
import { plusDays } from '../group/business-time.ts';
import { hash } from '../group/hash.ts';
import type { NudgePolicy } from '../group/nudge-policy.ts';
import type { Occasion } from './occasion.ts';

/**
 * Caps on nudges that span tasks: a person's per day, and a customer's and household's per period across all stores.
 * Each is an item of its own that is claimed by a conditional write, so that two events at once can't both pass.
 */
export interface Cap {
  /** The name of the claims item. */
  readonly what: string;
  /** The type of cap. */
  readonly cap: 'customer' | 'vehicle' | 'household' | 'person';
  readonly places: number;
  /** Claims before this instant do not count. */
  readonly since: string;
}

interface Customer extends Pick<Occasion, 'storeId' | 'customer' | 'vehicle'> {
  /** Customer numbers at the store of people who bought a car together with the customer. */
  readonly coBuyers?: readonly string[] | undefined;
  /** The customer's other numbers at the store, if records were merged. */
  readonly otherNumbers?: readonly string[] | undefined;
}

/** An address alone does not identify a household: clerks type one address for many customers. */
function householdOf(customer: Customer['customer']): string[] {
  const family = familyKey(customer);
  return customer.email === undefined || family === undefined
    ? []
    : [`address#${hash([customer.email, family])}`];
}

/** Numbers, then the car, then the address: the first cap that is used up is the reason that people read. */
const order = ['customer#', 'vehicle#', 'address#'];
const orderOf = ({ what }: Pick<Cap, 'what'>): string =>
  `${order.findIndex((one) => what.startsWith(one))} ${what}`;

export const nudgeCaps = {
  /** Identifies the customer, the car, and the household: people with one email address and last name, and co-buyers. */
  ofCustomer: ({ storeId, customer, vehicle, coBuyers = [], otherNumbers = [] }: Customer) => [
    ...[customer.customerNumber, ...otherNumbers].map((number) => ({
      what: `customer#${storeId}#${number}`,
      cap: 'customer' as const,
    })),
    { what: `vehicle#${vehicle.vin}`, cap: 'vehicle' as const },
    ...coBuyers.map((number) => ({ what: `customer#${storeId}#${number}`, cap: 'household' as const })),
    ...householdOf(customer).map((what) => ({ what, cap: 'household' as const })),
  ],

  /** Always in the same order: if two claim at once, one of them gets the first cap that both need. */
  ofCustomerSince: (about: Customer, policy: NudgePolicy, now: string): Cap[] =>
    nudgeCaps
      .ofCustomer(about)
      .map((cap) => ({ ...cap, places: 1, since: plusDays(now, -policy.nudgedWithinDays) }))
      .toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1)),

  ofPerson: (
    person: { storeId: string; employeeNumber: string },
    date: string,
    policy: NudgePolicy,
  ): Cap => ({
    what: `person#${person.storeId}#${person.employeeNumber}#${date}`,
    cap: 'person',
    places: policy.nudgesPerPersonPerDay,
    since: '',
  }),
} as const;
