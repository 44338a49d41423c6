import * as z from 'zod';
import { appointmentFields, foundByAppointment, namesNobody } from './appointment-fields.ts';
import { cancellationWords, coded } from './code-words.ts';
import type { Contract } from './contract.ts';
import { identifier, key } from './fields.ts';

export const serviceAppointmentCancelled = {
  detailType: 'service-appointment-cancelled',
  title: 'A service appointment was cancelled, or the customer did not come',
  sentBy: 'the DMS',
  key: 'storeId + appointmentNumber',
  foundBy: foundByAppointment,
  schema: z.looseObject({
    ...appointmentFields,
    appointmentNumber: key(identifier).describe('The appointment that will not be'),
    reason: coded(z.enum(['cancelled', 'no-show']), cancellationWords)
      .default('cancelled')
      .describe('Called off, or nobody came'),
  }),
  examine: namesNobody,
} satisfies Contract;
export type ServiceAppointmentCancelled = z.infer<typeof serviceAppointmentCancelled.schema>;
