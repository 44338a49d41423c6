import * as z from 'zod';
import type { Contract } from './contract.ts';
import { envelopeFields, identifier, instant, localDate, vin } from './fields.ts';

export const appointmentAhead = {
  detailType: 'appointment-ahead',
  title:
    'A customer is expected before the next working day ends: the last list of this day is about to go out',
  sentBy: 'this software',
  key: 'storeId + appointmentNumber + on',
  foundBy: 'what the car is known to be booked for, by its VIN; it may be moved or cancelled since',
  schema: z.looseObject({
    ...envelopeFields,
    appointmentNumber: identifier.describe('The appointment, as it was booked'),
    vin: vin.describe('The car'),
    customerNumber: identifier
      .optional()
      .describe("The customer's number in the DMS of this store, where the booking has one"),
    on: localDate.describe("The store's date of the appointment"),
    startsAt: instant.describe('When the customer is expected'),
  }),
} satisfies Contract;
export type AppointmentAhead = z.infer<typeof appointmentAhead.schema>;
