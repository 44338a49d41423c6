import type { Context } from '../../handoff/context.ts';
import type { Chosen } from '../../handoff/kind.ts';
import { emailsOf, queueEmail } from '../../handoff/queue.ts';
import { isOpen } from '../../handoff/task.ts';
import { findManager } from '../../people/routing.ts';
import type { UpgradeConversation } from './task.ts';

/**
 * The lead that the store's CRM gets. A CRM texts and emails a new lead by itself, so it gets none of a customer whom
 * only the rule has found: the customer has said that they are open to looking, or a salesperson has talked to them.
 */
export function queueLead(task: UpgradeConversation, { store, now }: Context): UpgradeConversation {
  if (store.crm === undefined || hasLead(task)) return task;
  return queueEmail<UpgradeConversation>(task, now, { message: 'crm-lead', to: 'crm', again: true });
}

/** One that was taken back before it left is no lead. */
const hasLead = (task: UpgradeConversation): boolean =>
  emailsOf(task, 'crm-lead').some(({ state }) => state !== 'lapsed' && state !== 'withheld');

const talked: readonly string[] = ['contacted', 'appointment-set'];

export const leadAfter = ({ task, choice, context }: Chosen<UpgradeConversation>): UpgradeConversation =>
  talked.includes(choice.name) && isOpen(task) ? queueLead(task, context) : task;

/** The mailbox of the CRM took no lead: whoever manages Sales hears of it once, and enters the customer by hand. */
export function tellOfLostLead(task: UpgradeConversation, context: Context): UpgradeConversation {
  const { roster, today, now } = context;
  const to = findManager({ department: 'sales', roster, on: today, not: [] }) ?? task.assignee;
  return to === undefined || emailsOf(task, 'crm-lead-lost').length > 0
    ? task
    : queueEmail<UpgradeConversation>(task, now, {
        message: 'crm-lead-lost',
        to: { staff: to.employeeNumber },
      });
}
