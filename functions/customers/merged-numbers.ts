import type { CustomerChanged } from '../contracts/customer-changed.ts';
import { isPlaceholderNumber, type PlaceholderRules } from './placeholders.ts';
import { isStandIn } from './without-placeholders.ts';

/** The numbers that a dealer system merged into the customer's. A number shared by many customers merges with nobody's. */
export function mergedNumbers(
  group: PlaceholderRules,
  { customer: { customerNumber }, replaces = [] }: Pick<CustomerChanged, 'customer' | 'replaces'>,
): string[] {
  const isShared = (number: string) => isStandIn(number) || isPlaceholderNumber(group, number);
  if (isShared(customerNumber)) return [];
  return replaces.filter((number) => number !== customerNumber && !isShared(number));
}
