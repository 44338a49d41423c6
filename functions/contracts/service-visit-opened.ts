import * as z from 'zod';
import type { Contract } from './contract.ts';
import { edge } from './edge.ts';
import { envelopeFields, identifier, key, sentences } from './fields.ts';
import { orderDates, orderFields, payType, readinessFields, readOrderDays } from './order-fields.ts';
import { examineCar } from './quote-doubts.ts';

export const serviceVisitOpened = {
  detailType: 'service-visit-opened',
  title: 'A repair order was written: the customer is here, and nothing is quoted yet',
  sentBy: 'the DMS',
  key: 'storeId + roNumber',
  foundBy: 'repair-quoted, repair-order-voided and service-visit-completed by storeId + roNumber',
  schema: z
    .looseObject({
      ...envelopeFields,
      roNumber: key(identifier).describe('The repair order. What is quoted on it later joins this'),
      ...orderFields,
      concerns: sentences.optional().describe('What the customer came for, one line each'),
      payType: payType
        .optional()
        .describe('Who pays for all of it, where that is known: warranty or internal work is no occasion'),
      ...readinessFields,
    })
    .register(edge, { read: readOrderDays }),
  examine: examineCar,
  dates: orderDates,
} satisfies Contract;
export type ServiceVisitOpened = z.infer<typeof serviceVisitOpened.schema>;
