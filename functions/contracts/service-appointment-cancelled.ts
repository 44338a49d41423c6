import * as z from 'zod';
import type { Contract } from './contract.ts';
import { envelopeFields, identifier, key, vin } from './fields.ts';

export const serviceAppointmentCancelled = {
  detailType: 'service-appointment-cancelled',
  title: 'A service appointment was cancelled, or the customer did not come',
  sentBy: 'the DMS',
  key: 'storeId + appointmentNumber',
  foundBy:
    'the first service by storeId + vin + customerNumber, else by the VIN: without a number, or where another store sold the car. It may come first',
  schema: z.looseObject({
    ...envelopeFields,
    appointmentNumber: key(identifier).describe('The appointment that will not be'),
    vin: vin.describe('The car'),
    customerNumber: identifier
      .optional()
      .describe(
        "The customer's number in the DMS of this store. Left out: the first service is found by the car",
      ),
    reason: z.enum(['cancelled', 'no-show']).default('cancelled').describe('Called off, or nobody came'),
  }),
} satisfies Contract;
export type ServiceAppointmentCancelled = z.infer<typeof serviceAppointmentCancelled.schema>;
