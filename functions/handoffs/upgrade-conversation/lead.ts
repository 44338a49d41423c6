import type { Context } from '../../handoff/context.ts';
import type { Chosen } from '../../handoff/kind.ts';
import { emailsOf, queueEmail } from '../../handoff/queue.ts';
import { isOpen } from '../../handoff/task.ts';
import { findManager } from '../../people/routing.ts';
import type { UpgradeConversation } from './task.ts';

/**
 * Queues the lead for the store's CRM. A CRM texts and emails a new lead by itself, so it does not get a customer whom only the
 * rule has found: the customer must have said that they are open to looking, or a salesperson must have talked to them.
 */
export function queueLead(task: UpgradeConversation, { store, now }: Context): UpgradeConversation {
  if (store.crm === undefined || hasLead(task)) return task;
  return queueEmail<UpgradeConversation>(task, now, { message: 'crm-lead', to: 'crm', again: true });
}

/** Whether a lead was queued. A lead that was taken back before it was sent does not count. */
const hasLead = (task: UpgradeConversation): boolean =>
  emailsOf(task, 'crm-lead').some(({ state }) => state !== 'lapsed' && state !== 'withheld');

const talked: readonly string[] = ['contacted', 'appointment-set'];

export const leadAfter = ({ task, choice, context }: Chosen<UpgradeConversation>): UpgradeConversation =>
  talked.includes(choice.name) && isOpen(task) ? queueLead(task, context) : task;

/** The CRM's mailbox refused the lead: whoever manages Sales is notified once, and enters the customer by hand. */
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
