import { localDate, startOfDay } from '../group/business-time.ts';
import type { Context } from '../handoff/context.ts';
import { emailRecords, mayHaveLeft } from '../handoff/item-bounds.ts';
import { isOpen, type Task } from '../handoff/task.ts';
import { reachedOf } from '../handoffs/kinds.ts';
import { readTasks } from '../my-day/read-worklist.ts';
import type { TaskStore } from '../ports.ts';

/** Whether the store is in contact with a customer today. */
export type IsBusy = (customer: {
  readonly numbers: readonly string[];
  readonly email: string | undefined;
}) => boolean;

/** Customers with an open handoff, and customers whom a handoff wrote to today. */
export async function readBusy(
  { tasks }: { readonly tasks: Pick<TaskStore, 'read' | 'findOfStore' | 'findDone'> },
  { store, today }: Pick<Context, 'store' | 'today'>,
): Promise<IsBusy> {
  const since = startOfDay(store.timeZone, today);
  const ids = [...(await tasks.findOfStore(store.id)), ...(await tasks.findDone(store.id, since))];
  const wasWrittenTo = (task: Task) =>
    emailRecords(task).some(
      (record) =>
        record.to === 'customer' &&
        mayHaveLeft(record) &&
        localDate(store.timeZone, record.sentAt ?? task.updatedAt) === today,
    );
  const busy = (await readTasks(tasks, [...new Set(ids)]))
    .filter((task) => isOpen(task) || wasWrittenTo(task))
    .flatMap((task) => reachedOf(task) ?? []);
  const numbers = new Set(
    busy.flatMap(({ storeId, customerNumber }) => (storeId === store.id ? (customerNumber ?? []) : [])),
  );
  const addresses = new Set(busy.flatMap(({ email }) => email?.toLowerCase() ?? []));
  return (customer) =>
    customer.numbers.some((number) => numbers.has(number)) ||
    (customer.email !== undefined && addresses.has(customer.email.toLowerCase()));
}
