import * as z from 'zod';
import type { Contract } from './contract.ts';
import { cents, customer, envelopeFields, identifier, localDate, miles, sentence, vehicle } from './fields.ts';

export const serviceVisitCompleted = {
  detailType: 'service-visit-completed',
  title: 'A repair order was closed: one visit for the history',
  sentBy: 'the DMS',
  key: 'storeId + roNumber',
  foundBy: 'repair-quote-high by the same; the history by VIN',
  schema: z.looseObject({
    ...envelopeFields,
    roNumber: identifier,
    serviceAdvisorNumber: identifier.optional(),
    customer,
    vehicle,
    closedOn: localDate,
    customerPayCents: cents.default(0),
    warrantyCents: cents.default(0),
    internalCents: cents.default(0),
    declined: z
      .array(z.looseObject({ description: sentence, amountCents: cents.optional() }))
      .max(20)
      .default([]),
    /** The car came back for work that was done before. */
    comeback: z.boolean().optional(),
    /** The customer asked for instalments, or to leave work for lack of money. */
    hardship: z.boolean().optional(),
  }),
} satisfies Contract;
export type ServiceVisitCompleted = z.infer<typeof serviceVisitCompleted.schema>;
