import * as z from 'zod';
import type { Contract } from './contract.ts';
import { envelopeFields, identifier, sentence, vin } from './fields.ts';

export const dealUnwound = {
  detailType: 'deal-unwound',
  title: 'A deal was reversed. It stays so: a new sale has a new deal number',
  sentBy: 'the DMS',
  key: 'storeId + dealNumber',
  foundBy: 'vehicle-sold by the same; the first service by the VIN and customer of the sale',
  schema: z.looseObject({
    ...envelopeFields,
    dealNumber: identifier,
    reason: sentence.optional(),
    /** With these the first service is found even where its sale was never sent. */
    vin: vin.optional(),
    customerNumber: identifier.optional(),
  }),
} satisfies Contract;
export type DealUnwound = z.infer<typeof dealUnwound.schema>;
