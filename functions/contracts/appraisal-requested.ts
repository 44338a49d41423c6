import * as z from 'zod';
import type { Contract } from './contract.ts';
import { envelopeFields, identifier, numberUse } from './fields.ts';

export const appraisalRequested = {
  detailType: 'appraisal-requested',
  title:
    'An advisor asked the used-car desk for the trade-in value of a car in Service, or no longer needs it',
  sentBy: 'this software',
  key: 'storeId + roNumber',
  foundBy: 'the repair order, by the same',
  schema: z.looseObject({
    ...envelopeFields,
    roNumber: identifier.describe('The repair order that the car is here for'),
    use: numberUse,
    asks: z
      .enum(['asked', 'taken back', 'repair chosen', 'order closed', 'order voided'])
      .describe('`asked`: a number is wanted. The others say why it no longer is'),
    askedBy: identifier.optional().describe('The advisor who asked, by employee number'),
  }),
} satisfies Contract;
export type AppraisalRequested = z.infer<typeof appraisalRequested.schema>;
