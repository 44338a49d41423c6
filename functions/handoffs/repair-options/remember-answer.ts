import type { CustomerAnswered } from '../../contracts/customer-answered.ts';
import type { CustomerMemory } from '../../customers/ports.ts';
import { taskIdOf } from '../../handoff/traits.ts';
import type { TaskStore } from '../../ports.ts';
import { repairOptions } from './kind.ts';

export interface RememberingServices {
  readonly tasks: TaskStore;
  readonly memory: CustomerMemory;
}

/** Stores a staff member's note about another car on the customer's record, where the next quote finds it. */
export async function rememberAnswer(
  { tasks, memory }: RememberingServices,
  { storeId, roNumber, use, said, occurredAt, takenBack }: CustomerAnswered,
): Promise<string> {
  const order = await tasks.read(taskIdOf('repair-options', storeId, [roNumber], use));
  const customer = order && repairOptions.customerOf(order);
  if (!customer) return 'no-such-order';
  const remark = { said, storeId, roNumber, at: occurredAt, ...(takenBack ? { takenBack } : {}) };
  await memory.keep({ storeId, ...customer }, remark);
  return 'remembered';
}
