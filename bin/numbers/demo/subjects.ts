import type { LocalDate } from '../../../functions/group/business-time.ts';

/** The customers, cars and orders of the demo's facts. */
export interface Car {
  readonly customer: string;
  readonly car: string;
}

export interface Sold extends Car {
  readonly deal: string;
  readonly on: LocalDate;
}

export interface About extends Car {
  readonly deal?: string;
  readonly order?: string;
  readonly kind?: string;
  readonly handoff?: string;
  readonly household?: string;
}

export const householdOf = ({ customer }: About): string => `household of ${customer}`;
