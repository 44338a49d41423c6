import { numberAt } from '../../people/across-stores.ts';
import { meetsCustomers, type StaffMember } from '../../people/staff.ts';
import type { ServiceIntroduction } from './task.ts';

/** The deal's salespeople, as the task names them. */
export const sellerNumbers = ({ storeId, facts: { sold } }: ServiceIntroduction): readonly string[] =>
  sold
    ? sold.salespeople.map(({ employeeNumber }) =>
        numberAt(storeId, { storeId: sold.storeId, employeeNumber }),
      )
    : [];

/**
 * The deal's salespeople as far as `find` knows them, in the deal's order: the first owns the customer. A BDC agent who
 * booked the appointment is on the deal in some systems.
 */
export const sellersOf = (
  task: ServiceIntroduction,
  find: (number: string | undefined) => StaffMember | undefined,
): readonly StaffMember[] =>
  [...new Set(sellerNumbers(task).map(find))].filter((person) => person !== undefined).filter(meetsCustomers);
