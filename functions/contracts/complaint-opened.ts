import * as z from 'zod';
import type { Contract } from './contract.ts';
import { customer, envelopeFields, identifier, key } from './fields.ts';

/** What identifies the complaint. Both events carry the same fields, so that they find each other in any order. */
export const complaintFields = {
  ...envelopeFields,
  complaintNumber: key(identifier).describe('Its number in the system that keeps it'),
  customer,
};

export const complaintOpened = {
  detailType: 'complaint-opened',
  title: 'A customer complained, or a closed complaint was opened again',
  sentBy: 'the DMS',
  key: 'storeId + customer.customerNumber + complaintNumber',
  foundBy:
    "complaint-closed by the same; the customer's next quote or appraisal, of which Sales is not told meanwhile",
  schema: z.looseObject(complaintFields),
} satisfies Contract;
export type ComplaintOpened = z.infer<typeof complaintOpened.schema>;
