import * as z from 'zod';
import type { Contract } from './contract.ts';
import { envelopeFields, identifier, instant, vin } from './fields.ts';

export const serviceAppointmentBooked = {
  detailType: 'service-appointment-booked',
  title: 'A service appointment was booked, or moved to another time',
  sentBy: 'the DMS',
  key: 'storeId + appointmentNumber',
  foundBy: 'the first service by storeId + vin + customerNumber',
  schema: z.looseObject({
    ...envelopeFields,
    appointmentNumber: identifier,
    vin,
    customerNumber: identifier,
    startsAt: instant,
    durationMinutes: z.number().int().min(5).max(1440).default(60),
    serviceAdvisorNumber: identifier.optional(),
  }),
} satisfies Contract;
export type ServiceAppointmentBooked = z.infer<typeof serviceAppointmentBooked.schema>;
