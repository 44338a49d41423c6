import type { Customer, Vehicle } from '../contracts/fields.ts';
import type { Instant } from '../group/business-time.ts';

/** A customer who is open to another car, as a CRM gets them: who, which car they have, and whom to ask. */
export interface Lead {
  /** The same for the life of the handoff, so that a lead that comes twice is a duplicate. */
  readonly id: string;
  readonly requestedAt: Instant;
  readonly customer: Customer;
  readonly vehicle: Vehicle;
  /** The salesperson who has them. */
  readonly salesperson: string | undefined;
  readonly aboutCustomer: string;
  readonly aboutCar: string;
}

const PREFIX = 'upgrade-';

export const leadIdOf = (taskId: string): string => `${PREFIX}${taskId}`;

/** The handoff that a lead id names; undefined if it is none of ours. CRMs print ids in capitals, too. */
export function taskIdOfLead(leadId: string): string | undefined {
  const [, taskId] = /^upgrade-([0-9a-f]{32})$/.exec(leadId.trim().toLowerCase()) ?? [];
  return taskId;
}
