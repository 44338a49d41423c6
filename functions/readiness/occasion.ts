import type { Received } from '../contracts/fact-version.ts';
import type { RepairQuoted } from '../contracts/repair-quoted.ts';
import type { ServiceVisitOpened } from '../contracts/service-visit-opened.ts';

/**
 * What a conversation about another car may follow from: a quote, or the visit that nothing is quoted of yet. Both say the
 * same of the customer, the car and where they wait; only a quote has work and its amounts.
 */
export interface Occasion extends SaidOfOrder {
  readonly quote?: RepairQuoted['quote'];
  /** What the customer came for, where nothing is quoted. */
  readonly concerns?: readonly string[] | undefined;
  /** Who pays for all of it, where nothing is quoted. */
  readonly payType?: ServiceVisitOpened['payType'];
}

type SaidOfOrder = Pick<
  Received<RepairQuoted>,
  | 'storeId'
  | 'roNumber'
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

/** The facts of a handoff that may hold either. A quote says more than the visit that it was written on. */
interface Occasions {
  readonly quote?: Received<RepairQuoted> | undefined;
  readonly visit?: Received<ServiceVisitOpened> | undefined;
}

export const occasionOf = ({ quote, visit }: Occasions): Occasion | undefined => quote ?? visit;
