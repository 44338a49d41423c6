import * as z from 'zod';
import { channelWords, coded } from './code-words.ts';
import type { Contract } from './contract.ts';
import { past } from './dates.ts';
import { customer, envelopeFields, identifier, instant } from './fields.ts';
import { channels } from './may-contact.ts';

export const customerContacted = {
  detailType: 'customer-contacted',
  title: 'Another system, such as a CRM, contacted the customer',
  sentBy: 'the DMS',
  key: 'storeId + customer.customerNumber; only the last contact counts',
  foundBy:
    "the customer's next quote or appraisal: Sales is not told of somebody who was contacted a few days ago",
  schema: z.looseObject({
    ...envelopeFields,
    customer,
    channel: coded(z.enum([...channels, 'in person']), channelWords)
      .optional()
      .describe('By what'),
    by: identifier.optional().describe('Who: an employee number, or the name of a system'),
    at: instant.optional().describe('When. Left out: `occurredAt`'),
  }),
  dates: { at: past },
} satisfies Contract;
export type CustomerContacted = z.infer<typeof customerContacted.schema>;
