import * as z from 'zod';
import { coded, whereaboutsWords } from './code-words.ts';
import type { Contract } from './contract.ts';
import { customerOfLead, envelopeFields, identifier, sentence, vehicleOfLead } from './fields.ts';

/** What the customer wants: the repair alone, or a look at another car as well. */
export const wishes = ['just fix it', 'would also look'] as const;

/** How they get about while the car is here. */
export const rides = ['none needed', 'loaner', 'shuttle', 'ride share'] as const;

export const shopperNeedsService = {
  detailType: 'shopper-needs-service',
  title: 'Somebody in Sales has a customer whose car is merely broken: walk them to Service',
  sentBy: 'the DMS',
  key: 'storeId + customer number, else phone, else email, for as long as that handoff is open',
  foundBy: 'service-visit-completed by storeId + VIN',
  schema: z.looseObject({
    ...envelopeFields,
    customer: customerOfLead,
    vehicle: vehicleOfLead,
    salespersonNumber: identifier
      .optional()
      .describe('Who sends them over and hears what came of it, by the roster'),
    needs: sentence.describe('What is wrong with the car, in the words of the customer'),
    wants: z.enum(wishes).default('just fix it').describe('What the customer wants'),
    customerIs: coded(z.enum(['waiting', 'dropped-off', 'in a loaner']), whereaboutsWords)
      .optional()
      .describe('Where the customer is while the car is here'),
    transport: z.enum(rides).optional().describe('How the customer gets about meanwhile'),
  }),
} satisfies Contract;
export type ShopperNeedsService = z.infer<typeof shopperNeedsService.schema>;
