import { type LeadFact, RECONCILED_DAYS, type Reconciliation, reconcile } from '../crm/reconciliation.ts';
import { plusDays } from '../group/business-time.ts';
import { readerOf } from '../handoff/choices.ts';
import type { Context } from '../handoff/context.ts';
import { cameBack } from '../handoff/delivery-reports.ts';
import { emailRecords } from '../handoff/item-bounds.ts';
import type { Task } from '../handoff/task.ts';
import { kindOf } from '../handoffs/kinds.ts';
import { readTasks } from '../my-day/read-worklist.ts';
import { type StaffMember, worksFor } from '../people/staff.ts';
import type { LeadBook, TaskStore } from '../ports.ts';

export interface LeadServices {
  readonly tasks: Pick<TaskStore, 'read'>;
  readonly leads: Pick<LeadBook, 'of' | 'unknownOf'>;
}

/** The store's CRM leads, for whoever manages Sales. Read from the handoffs themselves, so that the counts add up. */
export async function readLeads(
  { tasks, leads }: LeadServices,
  reader: StaffMember,
  { store, now }: Context,
): Promise<Reconciliation | undefined> {
  if (store.crm === undefined || !readerOf(reader).isManager || !worksFor(reader, 'sales')) return undefined;
  const since = plusDays(now, -RECONCILED_DAYS);
  const noted = (await leads.of(store.id)).filter(({ at }) => at >= since);
  const about = await readTasks(
    tasks,
    noted.map(({ taskId }) => taskId),
  );
  return reconcile(about.flatMap(leadFactOf), await leads.unknownOf(store.id));
}

function leadFactOf(task: Task): LeadFact[] {
  const lead = emailRecords(task).findLast(({ to }) => to === 'crm');
  const answer = kindOf(task).leadAnswer(task)?.status;
  // Withheld, or taken back before it was sent: there is no lead.
  if (!lead || (answer === undefined && ['withheld', 'lapsed'].includes(lead.state))) return [];
  const isLost = lead.state === 'given-up' || cameBack(lead);
  return [{ left: isLost ? 'lost' : lead.state === 'sent' ? 'sent' : 'on its way', answer }];
}
