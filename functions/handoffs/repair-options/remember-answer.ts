import type { CustomerAnswered } from '../../contracts/customer-answered.ts';
import { customerOf } from '../../customers/customer.ts';
import { taskIdOf } from '../../handoff/keys.ts';
import type { CustomerMemory, TaskStore } from '../../handoff/ports.ts';

export interface RememberingServices {
  readonly tasks: TaskStore;
  readonly memory: CustomerMemory;
}

/** What staff noted about another car outlives the order: the next quote for the same customer knows it. */
export async function rememberAnswer(
  { tasks, memory }: RememberingServices,
  { storeId, roNumber, said, occurredAt, takenBack }: CustomerAnswered,
): Promise<string> {
  const order = await tasks.read(taskIdOf({ kind: 'repair-options', storeId, roNumber }));
  const customer = order && customerOf(order);
  if (!customer) return 'no-such-order';
  const remark = { said, storeId, roNumber, at: occurredAt, ...(takenBack ? { takenBack } : {}) };
  await memory.keep({ storeId, ...customer }, remark);
  return 'remembered';
}
