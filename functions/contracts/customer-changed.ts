import * as z from 'zod';
import type { Contract } from './contract.ts';
import { customer, envelopeFields, identifier } from './fields.ts';
import { limits } from './limits.ts';

export const customerChanged = {
  detailType: 'customer-changed',
  title: "A customer's record changed: a new address, phone number or name, or two records were merged",
  sentBy: 'the DMS',
  key: 'storeId + customer.customerNumber',
  foundBy:
    'open handoffs of the customer, whose next email and page use it; history, remarks and opt-outs by all of their numbers',
  schema: z.looseObject({
    ...envelopeFields,
    customer: customer.describe(
      'The record as it is now, by the number that stays. What is left out stays as it was, except the name',
    ),
    replaces: z
      .array(identifier)
      .max(limits.list)
      .optional()
      .describe('Customer numbers of this store that were merged into this one, and are used no more'),
  }),
} satisfies Contract;
export type CustomerChanged = z.infer<typeof customerChanged.schema>;
