import * as z from 'zod';
import { appointmentFields, foundByAppointment, namesNobody } from './appointment-fields.ts';
import type { Contract } from './contract.ts';
import { plan } from './dates.ts';
import { identifier, instant, key } from './fields.ts';
import { readinessDates, readinessFields } from './order-fields.ts';

export const serviceAppointmentBooked = {
  detailType: 'service-appointment-booked',
  title: 'A service appointment was booked, or moved to another time',
  sentBy: 'the DMS',
  key: 'storeId + appointmentNumber',
  foundBy: foundByAppointment,
  schema: z.looseObject({
    ...appointmentFields,
    appointmentNumber: key(identifier).describe('Moved to another time it keeps its number'),
    startsAt: instant.describe('When the customer is expected'),
    durationMinutes: z.number().int().min(5).max(1440).default(60).describe('For the calendar file'),
    serviceAdvisorNumber: identifier.optional().describe('The advisor who will be there'),
    ...readinessFields,
  }),
  examine: namesNobody,
  dates: { startsAt: plan(365, 730), ...readinessDates },
} satisfies Contract;
export type ServiceAppointmentBooked = z.infer<typeof serviceAppointmentBooked.schema>;
