import { customerName, customerOf } from '../domain/customer.ts';
import type { Task, TaskKind } from '../domain/task.ts';
import { type Words, words } from './words.ts';

export const everyKind = [
  'service-introduction',
  'first-service-visit',
  'repair-options',
  'upgrade-conversation',
] as const satisfies readonly TaskKind[];

/** What each kind of handoff is called, and what is asked of the person who has it: for messages of every kind. */
export const whatItIs: Record<
  TaskKind,
  { readonly name: string; readonly toAccept: Words; readonly toComplete: Words }
> = {
  'service-introduction': {
    name: 'Introduction to Service',
    toAccept: words`accept the introduction`,
    toComplete: words`sign that the introduction happened`,
  },
  'first-service-visit': {
    name: 'First service visit',
    toAccept: words`accept the first service visit`,
    toComplete: words`get the first service booked, and note the date`,
  },
  'repair-options': {
    name: 'Repair options',
    toAccept: words`accept the repair options`,
    toComplete: words`go through both options with the customer, and note the answer`,
  },
  'upgrade-conversation': {
    name: 'Upgrade conversation',
    toAccept: words`accept the upgrade conversation`,
    toComplete: words`note how the conversation went`,
  },
};

export function whoItIsAbout(task: Task): Words {
  const customer = customerOf(task);
  return customer ? words`${customerName(customer)}` : words`this customer`;
}
