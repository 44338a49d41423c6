import type { VehicleSold } from '../../contracts/vehicle-sold.ts';
import type { StaffMember } from '../../people/staff.ts';

/** The deal's salespeople as far as `find` knows them, in the deal's order: the first owns the customer. */
export const sellersOf = (
  { salespeople }: Pick<VehicleSold, 'salespeople'>,
  find: (number: string | undefined) => StaffMember | undefined,
): readonly StaffMember[] => {
  const found = salespeople.map(({ employeeNumber }) => find(employeeNumber));
  return [...new Set(found)].filter((person) => person !== undefined);
};
