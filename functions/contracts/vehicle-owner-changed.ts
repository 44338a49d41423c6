import * as z from 'zod';
import type { Contract } from './contract.ts';
import { envelopeFields, identifier, numberUse } from './fields.ts';

export const vehicleOwnerChanged = {
  detailType: 'vehicle-owner-changed',
  title: 'A car has a new owner, or that turned out not to be so',
  sentBy: 'this software',
  key: 'storeId + dealNumber, as the deal stands when this is read',
  foundBy: 'the first service of the owner before, at any store of the group, by VIN',
  schema: z.looseObject({
    ...envelopeFields,
    dealNumber: identifier.describe('The deal to look at'),
    use: numberUse,
  }),
} satisfies Contract;
export type VehicleOwnerChanged = z.infer<typeof vehicleOwnerChanged.schema>;
