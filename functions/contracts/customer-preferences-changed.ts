import * as z from 'zod';
import type { Contract } from './contract.ts';
import { emailAddress, envelopeFields, identifier, phone } from './fields.ts';
import { mayContact } from './may-contact.ts';

export const customerPreferencesChanged = {
  detailType: 'customer-preferences-changed',
  title: 'A customer said by what they may be contacted',
  sentBy: 'the DMS',
  key: 'each no, at the customer number, the email address and the phone number: it is permanent, so none is a correction of another',
  leavesOnlyHashes: true,
  foundBy: 'every email, page and list about the customer from then on, also of handoffs that are open',
  schema: z
    .looseObject({
      ...envelopeFields,
      customerNumber: identifier
        .optional()
        .describe('At least one of `customerNumber`, `email` and `phone`; better all that are known'),
      email: emailAddress.optional().describe('A no to email holds at this address, at every store'),
      phone: phone.optional().describe('A no to calls and texts holds at this number, at every store'),
      mayContact,
      saidBy: identifier
        .optional()
        .describe('Who noted it: an employee number, or a word such as `customer` or `CRM`'),
    })
    .refine(({ customerNumber, email, phone }) => [customerNumber, email, phone].some(Boolean), {
      path: ['customerNumber'],
      message: 'expected at least one of customerNumber, email and phone',
    }),
} satisfies Contract;
export type CustomerPreferencesChanged = z.infer<typeof customerPreferencesChanged.schema>;
