import * as z from 'zod';
import type { Contract } from './contract.ts';
import { envelopeFields } from './fields.ts';
import { reportedAppointment } from './reported-appointment.ts';

export const serviceAppointmentMatched = {
  detailType: 'service-appointment-matched',
  title: 'The car of an appointment that named none is known',
  sentBy: 'this software',
  key: 'storeId + appointmentNumber, in the version that the DMS sent',
  foundBy: 'the first service by the same as an appointment that names its car',
  schema: z.looseObject({
    ...envelopeFields,
    appointment: reportedAppointment.describe('What the DMS said of it, with the car'),
  }),
} satisfies Contract;
export type ServiceAppointmentMatched = z.infer<typeof serviceAppointmentMatched.schema>;
