import type { Customer } from '../contracts/fields.ts';
import { isPlaceholderAddress } from '../customers/placeholders.ts';
import type { Context } from './context.ts';
import type { Task } from './task.ts';

/** The customer's email address: one entered by staff takes precedence over the DMS. */
export const addressOf = (
  { customerEmail }: Pick<Task, 'customerEmail'>,
  customer: Customer | undefined,
): string | undefined => customerEmail ?? customer?.email;

/** A placeholder, the group's own address, or a staff member's address: email to a customer never goes there. */
export const isNobodysAddress = (
  address: string,
  { group, roster }: Pick<Context, 'group' | 'roster'>,
): boolean => isPlaceholderAddress(group, address) || roster.some(({ email }) => email === address);
