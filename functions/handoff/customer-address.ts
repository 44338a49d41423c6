import type { Customer } from '../contracts/fields.ts';
import type { Task } from './task.ts';

/** The customer's email address: one entered by staff takes precedence over the DMS. */
export const addressOf = (
  { customerEmail }: Pick<Task, 'customerEmail'>,
  customer: Customer | undefined,
): string | undefined => customerEmail ?? customer?.email;
