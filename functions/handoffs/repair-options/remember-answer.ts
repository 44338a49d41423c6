import * as z from 'zod';
import type { CustomerAnswered } from '../../contracts/customer-answered.ts';
import { customer as customerSchema } from '../../contracts/fields.ts';
import type { CustomerMemory } from '../../customers/ports.ts';
import type { Remark } from '../../customers/statements.ts';
import { taskIdOf } from '../../handoff/traits.ts';
import type { TaskStore } from '../../ports.ts';
import { conversationOfWish } from '../../readiness/occasion.ts';
import { repairOptions } from './kind.ts';
import { numbersOfAppointment } from './task.ts';

export interface RememberingServices {
  readonly tasks: TaskStore;
  readonly memory: CustomerMemory;
}

/** Stores a staff member's note about another car on the customer's record, where the next quote finds it. */
export async function rememberAnswer(
  services: RememberingServices,
  answer: CustomerAnswered,
): Promise<string> {
  const { storeId, use, said, occurredAt: at, takenBack } = answer;
  const about = { said, storeId, at, ...(takenBack ? { takenBack } : {}) };
  const { roNumber, customerNumber, appointmentNumber } = answer;
  if (roNumber !== undefined) return rememberOf(services, answer, [roNumber], { ...about, roNumber });
  if (appointmentNumber !== undefined)
    return rememberOf(services, answer, numbersOfAppointment(appointmentNumber), {
      ...about,
      appointmentNumber,
    });
  if (customerNumber === undefined) return 'about-nobody';
  const task = await services.tasks.read(conversationOfWish(storeId, customerNumber, use));
  const { data } = asker.safeParse(task);
  if (!data) return 'no-such-conversation';
  const remark = { ...about, askedBy: customerNumber, ...(use === undefined ? {} : { use }) };
  await services.memory.keep({ storeId, ...data.facts.wish.customer }, remark);
  return 'remembered';
}

/** For an answer in a handoff of this kind: about an order, or about an appointment. */
async function rememberOf(
  { tasks, memory }: RememberingServices,
  { storeId, use }: CustomerAnswered,
  numbers: readonly string[],
  remark: Remark,
): Promise<string> {
  const order = await tasks.read(taskIdOf('repair-options', storeId, numbers, use));
  const customer = order && repairOptions.customerOf(order);
  if (!customer) return 'no-such-order';
  await memory.keep({ storeId, ...customer }, remark);
  return 'remembered';
}

/** The part of a conversation at the customer's request that names the customer. */
const asker = z.object({ facts: z.object({ wish: z.object({ customer: customerSchema }) }) });
