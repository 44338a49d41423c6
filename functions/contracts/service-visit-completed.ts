import * as z from 'zod';
import type { Contract } from './contract.ts';
import {
  cents,
  customer,
  envelopeFields,
  identifier,
  localDate,
  opCode,
  sentence,
  vehicle,
} from './fields.ts';

export const serviceVisitCompleted = {
  detailType: 'service-visit-completed',
  title: 'A repair order was closed: one visit for the history',
  sentBy: 'the DMS',
  key: 'storeId + roNumber',
  foundBy: 'repair-quoted by the same; the history by VIN',
  schema: z.looseObject({
    ...envelopeFields,
    roNumber: identifier.describe('The repair order that was closed'),
    serviceAdvisorNumber: identifier.optional().describe('The advisor who wrote the order'),
    customer,
    vehicle,
    closedOn: localDate.describe("The store's date on which it was closed"),
    openedOn: localDate
      .optional()
      .describe("The store's date on which it was written: when the customer came. Left out: `closedOn`"),
    opCodes: z
      .array(opCode)
      .max(100)
      .optional()
      .describe("The operation codes of its lines. Those of the group's file make it a first service"),
    customerPayCents: cents.default(0).describe('What the customer paid'),
    warrantyCents: cents.default(0).describe('What warranty paid'),
    internalCents: cents
      .default(0)
      .describe('What the dealer paid itself: a prepaid service, or the preparation for delivery'),
    declined: z
      .array(
        z.looseObject({
          description: sentence.describe('The work, in one line'),
          amountCents: cents.optional().describe('What it would have cost'),
        }),
      )
      .max(20)
      .default([])
      .describe('Work that was recommended and that the customer declined'),
    comeback: z.boolean().optional().describe('The car came back for work that was done before'),
    hardship: z
      .boolean()
      .optional()
      .describe('The customer asked for instalments, or to leave work for lack of money'),
  }),
} satisfies Contract;
export type ServiceVisitCompleted = z.infer<typeof serviceVisitCompleted.schema>;
