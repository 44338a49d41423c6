import * as z from 'zod';
import type { Contract } from './contract.ts';
import { envelopeFields, identifier, numberUse, vin } from './fields.ts';

export const shopperExpected = {
  detailType: 'shopper-expected',
  title: 'Sales sent a customer to Service with this car: its handoff waits for the closed order',
  sentBy: 'this software',
  key: 'storeId + VIN + customer number',
  foundBy: 'service-visit-completed by storeId + VIN',
  schema: z.looseObject({
    ...envelopeFields,
    vin: vin.describe('The car'),
    customerNumber: identifier.describe('The customer of the handoff'),
    use: numberUse,
  }),
} satisfies Contract;
export type ShopperExpected = z.infer<typeof shopperExpected.schema>;
