import * as z from 'zod';
import type { Contract } from './contract.ts';
import { cents, envelopeFields, identifier, numberUse } from './fields.ts';

export const vehicleAppraised = {
  detailType: 'vehicle-appraised',
  title: 'The used-car desk put a number on a car in Service, or took it back',
  sentBy: 'this software',
  key: 'storeId + roNumber',
  foundBy: 'the repair options of the same order',
  schema: z.looseObject({
    ...envelopeFields,
    roNumber: identifier.describe('The repair order that the car is here for'),
    use: numberUse,
    appraised: z
      .object({
        cents: cents.describe('The trade-in value'),
        by: identifier.describe('Who appraised it, by employee number'),
      })
      .optional()
      .describe('Left out: it was taken back'),
  }),
} satisfies Contract;
export type VehicleAppraised = z.infer<typeof vehicleAppraised.schema>;
