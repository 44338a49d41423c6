import type { Customer } from '../contracts/fields.ts';
import type { Task } from './task.ts';

/** Where the customer is written to: an address that staff were given goes before what the DMS holds. */
export const addressOf = (
  { customerEmail }: Pick<Task, 'customerEmail'>,
  customer: Customer | undefined,
): string | undefined => customerEmail ?? customer?.email;
