import { RECONCILED_DAYS, type Reconciliation, type UnknownLead } from '../crm/reconciliation.ts';
import type { Store } from '../group/group.ts';
import { dayOf } from '../mail/format.ts';
import { type Words, words } from '../mail/words.ts';

export const leadTitle = 'Leads in the CRM';

/** As many as anybody looks up in a morning. */
const MOST_UNKNOWN = 10;

/**
 * What a Sales manager reads about leads every morning: what was sent, what happened to it, and answers that belong to no lead.
 */
export function leadLines(leads: Reconciliation | undefined, store: Store): readonly Words[] {
  if (!leads || (leads.made === 0 && leads.unknown.length === 0)) return [];
  const more = leads.unknown.length - MOST_UNKNOWN;
  return [
    words`${countsOf(leads)}`,
    ...(leads.lost > 0 ? [words`${leads.lost} refused by the CRM’s lead mailbox: enter by hand.`] : []),
    ...leads.unknown.slice(0, MOST_UNKNOWN).map((one) => unknownLine(one, store)),
    ...(more > 0 ? [words`And ${more} more answers that match no lead.`] : []),
  ];
}

function countsOf({ sent, acknowledged, sold, silent, onItsWay }: Reconciliation): string {
  const waiting = onItsWay > 0 ? ` ${onItsWay} on the way.` : '';
  if (sent === 0) return `Last ${RECONCILED_DAYS} days: none sent.${waiting}`;
  return `Last ${RECONCILED_DAYS} days: ${sent} sent. ${acknowledged} acknowledged (${sold} sold), ${silent} with no reply.${waiting}`;
}

const saidOf: Readonly<Record<UnknownLead['status'], string>> = {
  worked: 'worked',
  appointment: 'appointment set',
  sold: 'sold',
  dead: 'closed without a sale',
};

const unknownLine = ({ leadId, crmNumber, status, at }: UnknownLead, { timeZone }: Store): Words =>
  words`An answer that matches no lead from here: ${numberOf({ leadId, crmNumber })}, ${saidOf[status]}, ${dayOf(timeZone, at, 'en')}.`;

const numberOf = ({ leadId, crmNumber }: Pick<UnknownLead, 'leadId' | 'crmNumber'>): string =>
  crmNumber === undefined ? (leadId ?? 'without a number') : `its number ${crmNumber}`;
