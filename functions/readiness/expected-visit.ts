import * as z from 'zod';
import { storedFact } from '../contracts/fact-version.ts';
import { customer, identifier, vehicle } from '../contracts/fields.ts';
import { serviceAppointmentBooked } from '../contracts/service-appointment-booked.ts';
import { type LocalDate, localDate } from '../group/business-time.ts';

/**
 * A customer who is expected with their car: the current booking, the customer and the car. A booking names neither of the two,
 * so they are taken from the store's card at the time of the look-ahead.
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
