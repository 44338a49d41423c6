import * as z from 'zod';
import type { Contract } from './contract.ts';
import { customerOfLead, envelopeFields, identifier, sentence, vehicleOfLead } from './fields.ts';

export const customerAskedAboutCar = {
  detailType: 'customer-asked-about-car',
  title: 'A service customer asked somebody in Service about another car',
  sentBy: 'the DMS',
  key: 'storeId + customer number, else phone, else email, for as long as that handoff is open',
  foundBy: 'a sale to the customer, by storeId + customer number',
  schema: z.looseObject({
    ...envelopeFields,
    customer: customerOfLead,
    vehicle: vehicleOfLead,
    serviceAdvisorNumber: identifier
      .optional()
      .describe('Whom they asked: the salesperson sees them first, and the credit is theirs'),
    salespersonNumber: identifier
      .optional()
      .describe("The customer's own salesperson. Left out: a partner of the advisor, else evenly"),
    asked: sentence.describe('What the customer said, in their words'),
  }),
} satisfies Contract;
export type CustomerAskedAboutCar = z.infer<typeof customerAskedAboutCar.schema>;
