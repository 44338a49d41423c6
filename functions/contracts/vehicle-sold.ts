import * as z from 'zod';
import type { Contract } from './contract.ts';
import {
  customer,
  envelopeFields,
  identifier,
  instant,
  key,
  localDate,
  miles,
  sentences,
  vehicle,
} from './fields.ts';

export const vehicleSold = {
  detailType: 'vehicle-sold',
  title: 'A car was sold: a deal was booked, corrected, or delivered',
  sentBy: 'the DMS',
  key: 'storeId + dealNumber',
  foundBy: 'deal-unwound by storeId + dealNumber; the first service by storeId + VIN + customer number',
  schema: z.looseObject({
    ...envelopeFields,
    dealNumber: key(identifier).describe('A corrected deal keeps its number'),
    dealType: z
      .enum(['retail', 'lease', 'wholesale', 'fleet', 'demo'])
      .describe('Wholesale, fleet and demo deals are counted and create nothing'),
    deliveryAt: instant
      .optional()
      .describe(
        "When the customer takes the car. In the future, the handoff waits for the store's day. Left out: now",
      ),
    deliveryOn: localDate
      .optional()
      .describe(
        "The store's date of the delivery, from a source that has no time: send it instead of `deliveryAt`, which counts where both stand. On that day the handoff begins when Sales opens",
      ),
    customer,
    vehicle,
    salespeople: z
      .array(z.looseObject({ employeeNumber: identifier.describe('By the roster') }))
      .min(1, 'expected at least one salesperson')
      .max(3, 'expected at most three salespeople')
      .describe('The first owns the customer, the others are told'),
    serviceAdvisorNumber: identifier
      .optional()
      .describe("The customer's own advisor, where there is one already"),
    promises: sentences.optional().describe('What the salesperson promised: floor mats, a second key'),
    prepaid: sentences.optional().describe('What is prepaid or free: two oil changes, tire rotation'),
    firstService: z
      .looseObject({
        dueOn: localDate.optional().describe('By this date'),
        dueMiles: miles.optional().describe('Or at these miles, if they come first'),
      })
      .optional()
      .describe("Where the DMS knows better than the brand's table"),
  }),
} satisfies Contract;
export type VehicleSold = z.infer<typeof vehicleSold.schema>;
