import * as z from 'zod';
import type { Contract } from './contract.ts';
import { envelopeFields, identifier, numberUse } from './fields.ts';

export const repairQuoteSettled = {
  detailType: 'repair-quote-settled',
  title: 'No more lines came of a quote that is written line by line: it counts as it stands',
  sentBy: 'this software',
  key: 'storeId + roNumber',
  foundBy: 'the quote that the repair options of the order keep back',
  schema: z.looseObject({
    ...envelopeFields,
    roNumber: identifier.describe('The repair order that was quoted'),
    use: numberUse,
  }),
} satisfies Contract;
export type RepairQuoteSettled = z.infer<typeof repairQuoteSettled.schema>;
