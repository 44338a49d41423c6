import * as z from 'zod';
import type { Contract } from './contract.ts';
import { envelopeFields, identifier } from './fields.ts';

export const customerNumbersMerged = {
  detailType: 'customer-numbers-merged',
  title: 'Numbers of a store turned out to be one customer, and are known as such',
  sentBy: 'this software',
  key: 'storeId + customerNumber, as the numbers stand when this is read',
  foundBy: 'the handoffs of the customer, under every one of their numbers',
  schema: z.looseObject({
    ...envelopeFields,
    customerNumber: identifier.describe('The number that stays'),
  }),
} satisfies Contract;
export type CustomerNumbersMerged = z.infer<typeof customerNumbersMerged.schema>;
