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
 * What the CRM says of a lead reaches the handoff that it came from: by our id, else by exact contact and car together.
 * What belongs to none, or to more than one, is kept and shown to the managers of Sales. It is taken off there once a
 * later word of the CRM finds its handoff.
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

/** By the contact details of today: the customer may have another number since. */
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
