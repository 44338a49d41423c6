import * as z from 'zod';
import type { Contract } from './contract.ts';
import { envelopeFields, identifier, key, sentence, vin } from './fields.ts';

export const dealUnwound = {
  detailType: 'deal-unwound',
  title: 'A deal was reversed. It stays so until a later vehicle-sold under its number',
  sentBy: 'the DMS',
  key: 'storeId + dealNumber',
  foundBy: 'vehicle-sold by the same; the first service by the VIN and customer of the sale',
  schema: z.looseObject({
    ...envelopeFields,
    dealNumber: key(identifier).describe('The deal that was reversed'),
    reason: sentence.optional().describe('Why, for the people who were notified of the sale'),
    vin: vin
      .optional()
      .describe('With the customer number: finds the first service even where its sale was never sent'),
    customerNumber: identifier.optional().describe('See `vin`'),
  }),
} satisfies Contract;
export type DealUnwound = z.infer<typeof dealUnwound.schema>;
