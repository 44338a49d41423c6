import type { Customer, Vehicle } from '../contracts/fields.ts';
import type { Instant } from '../group/business-time.ts';

/** A customer who is open to another car, as sent to a CRM: who they are, which car they have, and whom to ask. */
export interface Lead {
  /** The same for the life of the handoff, so that a lead that arrives twice is recognized as a duplicate. */
  readonly id: string;
  readonly requestedAt: Instant;
  readonly customer: Customer;
  readonly vehicle: Vehicle;
  /** The salesperson who has the handoff. */
  readonly salesperson: string | undefined;
  readonly aboutCustomer: string;
  readonly aboutCar: string;
}

const PREFIX = 'upgrade-';

export const leadIdOf = (taskId: string): string => `${PREFIX}${taskId}`;

/** The handoff that a lead id names; undefined if the id is not ours. Some CRMs print ids in capitals. */
export function taskIdOfLead(leadId: string): string | undefined {
  const [, taskId] = /^upgrade-([0-9a-f]{32})$/.exec(leadId.trim().toLowerCase()) ?? [];
  return taskId;
}
