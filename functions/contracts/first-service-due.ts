import * as z from 'zod';
import type { Contract } from './contract.ts';
import { past, plan } from './dates.ts';
import { edge } from './edge.ts';
import {
  customer,
  envelopeFields,
  identifier,
  instant,
  localDate,
  miles,
  sentences,
  storeId,
  vehicle,
} from './fields.ts';
import { kilometers, readKilometers } from './odometer.ts';

export const firstServiceDue = {
  detailType: 'first-service-due',
  title: 'A sold car is coming up for its first service',
  sentBy: 'the DMS or this software',
  key: 'storeId + vehicle.vin + customer.customerNumber',
  foundBy: 'appointments, closed repair orders and the unwound deal by the same three',
  schema: z
    .looseObject({
      ...envelopeFields,
      customer,
      vehicle,
      dueOn: localDate.describe('The date by which the first service is due'),
      dueMiles: miles.optional().describe('The miles at which it is due, if they come first'),
      dueKilometers: kilometers
        .optional()
        .describe('Instead of `dueMiles`, where the DMS counts in kilometers'),
      dealNumber: identifier.optional().describe('The deal by which the car was sold'),
      followsSale: z
        .looseObject({
          occurredAt: instant.describe('When the sale became true'),
          revision: envelopeFields.revision,
        })
        .optional()
        .describe('The version of that sale. Left out, it is that of the `vehicle-sold` that was sent'),
      salespersonNumber: identifier.optional().describe('Who sold the car, and is asked to be there'),
      serviceAdvisorNumber: identifier
        .optional()
        .describe("The customer's advisor, where there is one already, at the store that services the car"),
      knowsAdvisor: z
        .boolean()
        .optional()
        .describe(
          'Whether the customer knows that advisor; left out, they do. `false`: letters come from the store until somebody in Service has accepted',
        ),
      serviceAt: storeId.optional().describe('The store that services the car, as in `vehicle-sold`'),
      promises: sentences.optional().describe('What was promised at the sale, shown to the advisor'),
      prepaid: sentences.optional().describe('What is prepaid or free'),
    })
    .register(edge, { read: readKilometers }),
  dates: { dueOn: plan(365, 1_830), 'followsSale.occurredAt': past },
} satisfies Contract;
export type FirstServiceDue = z.infer<typeof firstServiceDue.schema>;
