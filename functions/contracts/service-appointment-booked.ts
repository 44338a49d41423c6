import * as z from 'zod';
import type { Contract } from './contract.ts';
import { plan } from './dates.ts';
import { envelopeFields, identifier, instant, key, vin } from './fields.ts';

export const serviceAppointmentBooked = {
  detailType: 'service-appointment-booked',
  title: 'A service appointment was booked, or moved to another time',
  sentBy: 'the DMS',
  key: 'storeId + appointmentNumber',
  foundBy:
    'the first service by storeId + vin + customerNumber, else by the VIN: without a number, or where another store sold the car. It may come first',
  schema: z.looseObject({
    ...envelopeFields,
    appointmentNumber: key(identifier).describe('Moved to another time it keeps its number'),
    vin: vin.describe('The car'),
    customerNumber: identifier
      .optional()
      .describe(
        "The customer's number in the DMS of this store. Left out: the first service is found by the car",
      ),
    startsAt: instant.describe('When the customer is expected'),
    durationMinutes: z.number().int().min(5).max(1440).default(60).describe('For the calendar file'),
    serviceAdvisorNumber: identifier.optional().describe('The advisor who will be there'),
  }),
  dates: { startsAt: plan(365, 730) },
} satisfies Contract;
export type ServiceAppointmentBooked = z.infer<typeof serviceAppointmentBooked.schema>;
