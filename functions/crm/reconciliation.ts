import type { LeadStatus } from '../contracts/crm-lead-updated.ts';
import type { Instant } from '../group/business-time.ts';

/** Longer than most CRMs keep a lead open. */
export const RECONCILED_DAYS = 30;

/** The state of one lead: whether it was sent, and what the CRM answered. */
export interface LeadFact {
  readonly left: 'sent' | 'on its way' | 'lost';
  readonly answer: LeadStatus | undefined;
}

/** A CRM's answer that matches no known lead. It names no customer, only the numbers by which people can find the lead. */
export interface UnknownLead {
  /** The same for every answer about that lead. */
  readonly id: string;
  readonly storeId: string;
  readonly leadId?: string | undefined;
  readonly crmNumber?: string | undefined;
  readonly status: LeadStatus;
  readonly at: Instant;
}

/**
 * What happened to a store's leads. The counts add up: `made` is sent + on its way + lost; `sent` is acknowledged +
 * silent; `sold` is a part of acknowledged. A lead counts once, however often the CRM answers.
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

/** An answer proves that the CRM has the lead, whatever was reported about the email. */
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
