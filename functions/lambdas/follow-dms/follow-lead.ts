import type { CrmLeadUpdated } from '../../contracts/crm-lead-updated.ts';
import type { Received } from '../../contracts/fact-version.ts';
import { taskIdOfLead } from '../../crm/lead.ts';
import { isAbout } from '../../crm/match-lead.ts';
import { hash } from '../../group/hash.ts';
import type { Task } from '../../handoff/task.ts';
import { asKnown, customerOf, kindOf, reachedOf, vehicleOf } from '../../handoffs/kinds.ts';
import { readTasks } from '../../my-day/read-worklist.ts';
import { contextOf, decideAndDeliver, type Services } from '../../outbox/decide-and-deliver.ts';

/**
 * Applies a CRM's answer about a lead to the handoff that sent the lead. The handoff is found by our id, else by
 * exact contact details and car together. An answer that matches none, or more than one, is kept and shown to the
 * sales managers, until a later answer of the CRM finds its handoff.
 */
export async function followLead(services: Services, answer: Received<CrmLeadUpdated>): Promise<string> {
  const { storeId, leadId, crmNumber, status, occurredAt: at } = answer;
  await contextOf(services, storeId);
  const found = (await byId(services, answer)) ?? (await byContactAndCar(services, answer));
  const id = crmNumber ?? leadId ?? hash([answer.vin ?? '', answer.email ?? '', answer.phone ?? '']);
  if (!found) {
    await services.leads.keepUnknown({ id, storeId, leadId, crmNumber, status, at });
    return 'no-such-lead';
  }
  const { outcome } = await decideAndDeliver(services, {
    storeId: found.storeId,
    blank: () => found,
    decide: (task, context) => kindOf(task).answeredByCrm(task, answer, context),
  });
  await services.leads.forgetUnknown({ storeId, id, at });
  return outcome;
}

async function byId(
  { tasks }: Services,
  { storeId, leadId = '' }: CrmLeadUpdated,
): Promise<Task | undefined> {
  const taskId = taskIdOfLead(leadId);
  const task = taskId === undefined ? undefined : await tasks.read(taskId);
  return task?.storeId === storeId ? task : undefined;
}

/** Uses the customer's current contact details, too: they may have changed since the handoff. */
async function byContactAndCar(services: Services, answer: CrmLeadUpdated): Promise<Task | undefined> {
  if (answer.vin === undefined) return undefined;
  const leads = await services.leads.of(answer.storeId);
  const tasks = await readTasks(
    services.tasks,
    leads.map(({ taskId }) => taskId),
  );
  const ofCar = tasks.filter((task) => vehicleOf(task)?.vin === answer.vin);
  const found: Task[] = [];
  for (const task of ofCar) {
    const reached = reachedOf(task);
    const known = reached ? asKnown(task, await services.contacts.read(reached)) : task;
    const isSame = [task, known].some((one) =>
      isAbout(answer, { customer: customerOf(one), vehicle: vehicleOf(one) }),
    );
    if (isSame) found.push(task);
  }
  return found.length === 1 ? found[0] : undefined;
}
