import { numberAt } from '../../people/across-stores.ts';
import { meetsCustomers, type StaffMember } from '../../people/staff.ts';
import type { ServiceIntroduction } from './task.ts';

/** The numbers of the deal's salespeople, as the task knows them. */
export const sellerNumbers = ({ storeId, facts: { sold } }: ServiceIntroduction): readonly string[] =>
  sold
    ? sold.salespeople.map(({ employeeNumber }) =>
        numberAt(storeId, { storeId: sold.storeId, employeeNumber }),
      )
    : [];

/**
 * The deal's salespeople whom `find` knows, in the deal's order: the first owns the customer. Some systems also list a BDC
 * agent who booked the appointment.
 */
export const sellersOf = (
  task: ServiceIntroduction,
  find: (number: string | undefined) => StaffMember | undefined,
): readonly StaffMember[] =>
  [...new Set(sellerNumbers(task).map(find))].filter((person) => person !== undefined).filter(meetsCustomers);
