import * as z from 'zod';
import { storedFact } from '../contracts/fact-version.ts';
import { customer, identifier, vehicle } from '../contracts/fields.ts';
import { serviceAppointmentBooked } from '../contracts/service-appointment-booked.ts';
import { type LocalDate, localDate } from '../group/business-time.ts';

/**
 * A customer who is expected, with their car: the booking as it stands, and whose it is. A booking names neither customer
 * nor car; both are as the store's card knew them when it was looked at.
 */
export const expectedVisit = storedFact(
  z.object({
    ...serviceAppointmentBooked.schema.omit({ email: true, phone: true }).shape,
    customer,
    vehicle,
    salespersonNumber: identifier.optional(),
  }),
);
export type ExpectedVisit = z.infer<typeof expectedVisit>;

/** The store's date on which the customer is expected. */
export const expectedOn = ({ startsAt }: Pick<ExpectedVisit, 'startsAt'>, timeZone: string): LocalDate =>
  localDate(timeZone, startsAt);
