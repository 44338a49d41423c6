import { OWN_SOURCE } from '../../contracts/contract.ts';
import type { FirstServiceDue } from '../../contracts/first-service-due.ts';
import { taskIdOf } from '../../handoff/keys.ts';
import { decideAndDeliver, type Services } from '../../outbox/decide-and-deliver.ts';
import { blankFirstService, decideDue } from './decide.ts';

/** The first service is coming up: the customer is invited, Service prepares, the salesperson is asked to be there. */
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

/** What the sale knows and the DMS's event leaves out: the advisor who was introduced, who sold it, the promises. */
async function withTheSale(services: Services, due: FirstServiceDue): Promise<FirstServiceDue> {
  if (due.dealNumber === undefined) return due;
  const subject = { kind: 'service-introduction', storeId: due.storeId, dealNumber: due.dealNumber } as const;
  const sale = await services.tasks.read(taskIdOf(subject));
  if (sale?.kind !== 'service-introduction' || !sale.facts.sold) return due;
  const { sold } = sale.facts;
  const advisor = sale.assignee?.employeeNumber ?? sold.serviceAdvisorNumber;
  return {
    salespersonNumber: sold.salespeople[0]?.employeeNumber,
    ...(advisor === undefined ? {} : { serviceAdvisorNumber: advisor }),
    ...(sold.promises ? { promises: sold.promises } : {}),
    ...(sold.prepaid ? { prepaid: sold.prepaid } : {}),
    ...due,
  };
}
