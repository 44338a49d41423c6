import * as z from 'zod';
import type { Contract } from './contract.ts';
import { envelopeFields, identifier, numberUse } from './fields.ts';

/** The answers that still count after their repair order is closed. */
export const customerAnswers = [
  'advisor said no',
  'customer said no',
  'contacted',
  'bought',
  'asked about a car',
] as const;

export const customerAnswered = {
  detailType: 'customer-answered',
  title: 'Staff noted what the customer, or the advisor for them, said about another car',
  sentBy: 'this software',
  key: 'the customer of storeId + roNumber, else of storeId + customerNumber or storeId + appointmentNumber, what was said, and of which of them',
  foundBy: 'the next quote for the same customer number or email address',
  schema: z.looseObject({
    ...envelopeFields,
    roNumber: identifier.optional().describe('The repair order that it was said about'),
    customerNumber: identifier
      .optional()
      .describe('Instead of it, where it was said about no order: the customer who asked'),
    appointmentNumber: identifier
      .optional()
      .describe('Instead of both, where it was said before the visit: the appointment for it'),
    use: numberUse,
    said: z
      .enum(customerAnswers)
      .describe('`advisor said no`: never for this customer. The others hold for as long as the policy says'),
    takenBack: z.boolean().optional().describe('It was taken back, and holds no more'),
  }),
} satisfies Contract;
export type CustomerAnswered = z.infer<typeof customerAnswered.schema>;
