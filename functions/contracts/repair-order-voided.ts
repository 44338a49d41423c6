import * as z from 'zod';
import type { Contract } from './contract.ts';
import { envelopeFields, identifier, key, sentence } from './fields.ts';

export const repairOrderVoided = {
  detailType: 'repair-order-voided',
  title: 'A repair order was voided: it never was, unless a later quote or closing reopens it',
  sentBy: 'the DMS',
  key: 'storeId + roNumber',
  foundBy: 'repair-quoted by the same',
  schema: z.looseObject({
    ...envelopeFields,
    roNumber: key(identifier).describe('The repair order that was voided'),
    reason: sentence.optional().describe('Why'),
  }),
} satisfies Contract;
export type RepairOrderVoided = z.infer<typeof repairOrderVoided.schema>;
