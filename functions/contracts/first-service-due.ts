import * as z from 'zod';
import type { Contract } from './contract.ts';
import { customer, envelopeFields, identifier, localDate, miles, sentences, vehicle } from './fields.ts';

export const firstServiceDue = {
  detailType: 'first-service-due',
  title: 'A sold car is coming up for its first service',
  sentBy: 'the DMS or this software',
  key: 'storeId + vehicle.vin + customer.customerNumber',
  foundBy: 'appointments, closed repair orders and the unwound deal by the same three',
  schema: z.looseObject({
    ...envelopeFields,
    customer,
    vehicle,
    dueOn: localDate,
    dueMiles: miles.optional(),
    dealNumber: identifier.optional(),
    /** Who sold the car, and is asked to be there. */
    salespersonNumber: identifier.optional(),
    serviceAdvisorNumber: identifier.optional(),
    promises: sentences.optional(),
    prepaid: sentences.optional(),
  }),
} satisfies Contract;
export type FirstServiceDue = z.infer<typeof firstServiceDue.schema>;
