import * as z from 'zod';
import type { Contract } from './contract.ts';
import { envelopeFields, identifier, numberUse } from './fields.ts';

export const customerBought = {
  detailType: 'customer-bought',
  title: 'A customer bought or leased a car, or that turned out not to be so',
  sentBy: 'this software',
  key: 'storeId + dealNumber, as the deal stands when this is read',
  foundBy: "the conversations that are open with the customer, and the customer's next quote",
  schema: z.looseObject({
    ...envelopeFields,
    dealNumber: identifier.describe('The deal to look at'),
    use: numberUse,
  }),
} satisfies Contract;
export type CustomerBought = z.infer<typeof customerBought.schema>;
