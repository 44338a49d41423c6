import type { CustomerAskedAboutCar } from '../contracts/customer-asked-about-car.ts';
import type { Received } from '../contracts/fact-version.ts';
import type { Customer } from '../contracts/fields.ts';
import type { RepairQuoted } from '../contracts/repair-quoted.ts';
import type { ServiceVisitOpened } from '../contracts/service-visit-opened.ts';
import { taskIdOf } from '../handoff/traits.ts';
import type { ExpectedVisit } from './expected-visit.ts';

/**
 * What can lead to a conversation about another car: a quote, a visit before anything is quoted, an appointment before the
 * visit, or the customer's own question. Each says whose car it is; an order says where the customer waits, and only a quote
 * has work and amounts.
 */
export interface Occasion extends SaidOfOrder {
  /** Undefined if the customer asked, whatever they came for, or has yet to come. */
  readonly roNumber?: string | undefined;
  /** The words of a customer who asked. */
  readonly asked?: string | undefined;
  readonly quote?: RepairQuoted['quote'];
  /** What the customer came for, if nothing is quoted. */
  readonly concerns?: readonly string[] | undefined;
  /** Who pays for everything, if nothing is quoted. */
  readonly payType?: ServiceVisitOpened['payType'];
}

type SaidOfOrder = Pick<
  Received<RepairQuoted>,
  | 'storeId'
  | 'occurredAt'
  | 'revision'
  | 'sentAt'
  | 'contentHash'
  | 'serviceAdvisorNumber'
  | 'salespersonNumber'
  | 'customer'
  | 'vehicle'
  | 'openedAt'
  | 'openedOn'
  | 'promisedAt'
  | 'promisedOn'
  | 'customerIs'
  | 'value'
  | 'equity'
  | 'lease'
  | 'loan'
  | 'warranty'
  | 'replacement'
  | 'ownership'
  | 'customerSince'
  | 'circumstances'
>;

/** The facts of a handoff that may have several of these. A quote says more than the visit on which it was written. */
interface Occasions {
  readonly quote?: Received<RepairQuoted> | undefined;
  readonly visit?: Received<ServiceVisitOpened> | undefined;
  readonly wish?: Received<Identified> | undefined;
  /** Set if the customer has yet to come. */
  readonly appointment?: ExpectedVisit | undefined;
}

type Identified = Pick<CustomerAskedAboutCar, 'storeId' | 'occurredAt' | 'revision' | 'asked'> &
  Pick<Occasion, 'customer' | 'vehicle' | 'serviceAdvisorNumber' | 'salespersonNumber'>;

/** The occasion of a repair order, quoted or not. */
export interface OrderOccasion extends Occasion {
  readonly roNumber: string;
}

export const orderOccasionOf = ({
  quote,
  visit,
}: Pick<Occasions, 'quote' | 'visit'>): OrderOccasion | undefined => quote ?? visit;

export const occasionOf = (facts: Occasions): Occasion | undefined =>
  orderOccasionOf(facts) ?? facts.wish ?? facts.appointment;

/** The facts with other data about their customer. */
export const withCustomerOfOccasion = <Facts extends Occasions>(facts: Facts, customer: Customer): Facts => ({
  ...facts,
  ...(facts.quote && { quote: { ...facts.quote, customer } }),
  ...(facts.visit && { visit: { ...facts.visit, customer } }),
  ...(facts.wish && { wish: { ...facts.wish, customer } }),
  ...(facts.appointment && { appointment: { ...facts.appointment, customer } }),
});

/** Identifies the conversation that a customer asked for, whatever they came for and whoever notes it. */
export const numbersOfWish = (customerNumber: string) => ['asked about a car', customerNumber] as const;
export const conversationOfWish = (storeId: string, customerNumber: string, use?: number): string =>
  taskIdOf('upgrade-conversation', storeId, numbersOfWish(customerNumber), use);
