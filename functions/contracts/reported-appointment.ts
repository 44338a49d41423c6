import * as z from 'zod';
import { storedFact } from './fact-version.ts';
import { serviceAppointmentBooked } from './service-appointment-booked.ts';
import { serviceAppointmentCancelled } from './service-appointment-cancelled.ts';

const withoutContact = { email: true, phone: true } as const;

/** What a DMS reported about an appointment, with its version, but without the email address and phone number. */
export const reportedAppointment = z.discriminatedUnion('detailType', [
  z.object({
    detailType: z.literal('service-appointment-booked'),
    detail: storedFact(serviceAppointmentBooked.schema.omit(withoutContact)),
  }),
  z.object({
    detailType: z.literal('service-appointment-cancelled'),
    detail: storedFact(serviceAppointmentCancelled.schema.omit(withoutContact)),
  }),
]);
export type ReportedAppointment = z.infer<typeof reportedAppointment>;
