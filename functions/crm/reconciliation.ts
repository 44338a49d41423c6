import type { LeadStatus } from '../contracts/crm-lead-updated.ts';
import type { Instant } from '../group/business-time.ts';

/** Longer than most CRMs work a lead before they close it. */
export const RECONCILED_DAYS = 30;

/** What is known of one lead: whether it left, and what the CRM said of it. */
export interface LeadFact {
  readonly left: 'sent' | 'on its way' | 'lost';
  readonly answer: LeadStatus | undefined;
}

/** An answer of the CRM to no lead that is known. It names no customer: only the numbers by which people find it. */
export interface UnknownLead {
  /** The same for every answer about it. */
  readonly id: string;
  readonly storeId: string;
  readonly leadId?: string | undefined;
  readonly crmNumber?: string | undefined;
  readonly status: LeadStatus;
  readonly at: Instant;
}

/**
 * What became of a store's leads. It adds up: `made` is sent, on its way and lost together; `sent` is acknowledged and
 * silent together; sold is a part of acknowledged. A lead is counted once, however often the CRM answers.
 */
export interface Reconciliation {
  readonly made: number;
  readonly sent: number;
  readonly onItsWay: number;
  readonly lost: number;
  readonly acknowledged: number;
  readonly sold: number;
  readonly silent: number;
  readonly unknown: readonly UnknownLead[];
}

/** An answer proves that the CRM has it, whatever was reported of the email. */
export function reconcile(leads: readonly LeadFact[], unknown: readonly UnknownLead[]): Reconciliation {
  const count = (isOne: (lead: LeadFact) => boolean) => leads.filter(isOne).length;
  const hasIt = ({ left, answer }: LeadFact) => left === 'sent' || answer !== undefined;
  return {
    made: leads.length,
    sent: count(hasIt),
    onItsWay: count((lead) => !hasIt(lead) && lead.left === 'on its way'),
    lost: count((lead) => !hasIt(lead) && lead.left === 'lost'),
    acknowledged: count(({ answer }) => answer !== undefined),
    sold: count(({ answer }) => answer === 'sold'),
    silent: count((lead) => hasIt(lead) && lead.answer === undefined),
    unknown,
  };
}
