import { OWN_SOURCE } from '../../contracts/contract.ts';
import type { FirstServiceDue } from '../../contracts/first-service-due.ts';
import { deal } from '../../customers/deal.ts';
import { taskIdOf } from '../../handoff/traits.ts';
import { decideAndDeliver, type Services } from '../../outbox/decide-and-deliver.ts';
import { decideDue } from './decide.ts';
import { blankFirstService } from './task.ts';

/** The first service is coming up: invite the customer, let Service prepare, and ask the salesperson to be there. */
export async function prepareFirstService(
  services: Services,
  due: FirstServiceDue,
  { source }: { readonly source: string },
): Promise<string> {
  const { storeId, customer, vehicle } = due;
  const raisedByUs = source === OWN_SOURCE;
  const known = raisedByUs ? due : await withTheSale(services, due);
  const { outcome } = await decideAndDeliver(services, {
    storeId,
    blank: (now) =>
      blankFirstService(storeId, { vin: vehicle.vin, customerNumber: customer.customerNumber }, now),
    decide: (task, context) => decideDue(task, known, raisedByUs, context),
  });
  return outcome;
}

/** Details of the sale that the DMS event omits: the introduced advisor, the salesperson, the promises. */
async function withTheSale(services: Services, due: FirstServiceDue): Promise<FirstServiceDue> {
  if (due.dealNumber === undefined) return due;
  const sale = await services.tasks.read(taskIdOf('service-introduction', due.storeId, [due.dealNumber]));
  const { data: known } = deal.safeParse(sale);
  if (!known?.facts.sold) return due;
  const { sold } = known.facts;
  const advisor = known.assignee?.employeeNumber ?? sold.serviceAdvisorNumber;
  return {
    salespersonNumber: known.soldBy ?? sold.salespeople[0]?.employeeNumber,
    ...(advisor === undefined ? {} : { serviceAdvisorNumber: advisor }),
    ...(sold.promises ? { promises: sold.promises } : {}),
    ...(sold.prepaid ? { prepaid: sold.prepaid } : {}),
    ...due,
  };
}
