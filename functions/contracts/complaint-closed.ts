import * as z from 'zod';
import { complaintFields } from './complaint-opened.ts';
import type { Contract } from './contract.ts';

export const complaintClosed = {
  detailType: 'complaint-closed',
  title: 'A complaint was settled',
  sentBy: 'the DMS',
  key: 'storeId + customer.customerNumber + complaintNumber',
  foundBy: 'complaint-opened by the same, in either order',
  schema: z.looseObject(complaintFields),
} satisfies Contract;
export type ComplaintClosed = z.infer<typeof complaintClosed.schema>;
