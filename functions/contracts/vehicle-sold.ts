import * as z from 'zod';
import type { Contract } from './contract.ts';
import { customer, envelopeFields, identifier, instant, localDate, miles, sentences, vehicle } from './fields.ts';

export const vehicleSold = {
  detailType: 'vehicle-sold',
  title: 'A car was sold: a deal was booked, corrected, or delivered',
  sentBy: 'the DMS',
  key: 'storeId + dealNumber',
  foundBy: 'deal-unwound by storeId + dealNumber; the first service by storeId + VIN + customer number',
  schema: z.looseObject({
    ...envelopeFields,
    dealNumber: identifier,
    /** Wholesale, fleet and demo deals are counted and create nothing. */
    dealType: z.enum(['retail', 'lease', 'wholesale', 'fleet', 'demo']),
    /** When the customer takes the car. In the future, the handoff waits for the store's day. Left out: now. */
    deliveryAt: instant.optional(),
    customer,
    vehicle,
    /** The first owns the customer, the others are told. */
    salespeople: z
      .array(z.looseObject({ employeeNumber: identifier }))
      .min(1, 'expected at least one salesperson')
      .max(3, 'expected at most three salespeople'),
    /** The customer's own advisor, where there is one already. */
    serviceAdvisorNumber: identifier.optional(),
    /** What the salesperson promised: floor mats, a second key. */
    promises: sentences.optional(),
    /** What is prepaid or free: two oil changes, tire rotation. */
    prepaid: sentences.optional(),
    /** Where the DMS knows better than the brand's table. */
    firstService: z.looseObject({ dueOn: localDate.optional(), dueMiles: miles.optional() }).optional(),
  }),
} satisfies Contract;
export type VehicleSold = z.infer<typeof vehicleSold.schema>;
