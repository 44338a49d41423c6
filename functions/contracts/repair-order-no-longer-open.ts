import * as z from 'zod';
import type { Contract } from './contract.ts';
import { envelopeFields, identifier, key } from './fields.ts';

export const repairOrderNoLongerOpen = {
  detailType: 'repair-order-no-longer-open',
  title: 'A repair order is not open any more: closed or voided, and its sender cannot tell which',
  sentBy: 'the DMS',
  key: 'storeId + roNumber',
  foundBy: 'repair-quoted by the same',
  schema: z.looseObject({
    ...envelopeFields,
    roNumber: key(identifier).describe(
      'The repair order that is gone from the list of open ones. It counts as no visit: what was done and paid comes with `service-visit-completed`',
    ),
  }),
} satisfies Contract;
export type RepairOrderNoLongerOpen = z.infer<typeof repairOrderNoLongerOpen.schema>;
