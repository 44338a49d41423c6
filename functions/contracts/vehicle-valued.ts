import * as z from 'zod';
import type { Contract } from './contract.ts';
import { past } from './dates.ts';
import { edge } from './edge.ts';
import { cents, envelopeFields, localDate, miles, name, vin } from './fields.ts';
import { kilometers, readKilometers } from './odometer.ts';

export const vehicleValued = {
  detailType: 'vehicle-valued',
  title: 'A guide says what a car is worth',
  sentBy: 'the DMS',
  key: 'vin; the last figure counts, whoever said it',
  foundBy: 'the next quote of the same car, at any store of the group, where that has no value of its own',
  schema: z
    .looseObject({
      ...envelopeFields,
      vin: vin.describe('17 characters, as in a quote'),
      cents: cents
        .min(1, 'expected the value in cents, not 0: leave out a car without one')
        .describe(
          'The trade-in value. Of a range or several conditions, the average or rough one, not *clean*',
        ),
      source: name.describe('Whose figure it is, as the advisor reads it: `Black Book`'),
      asOf: localDate.describe(
        'When it was published or looked up. Older than `factMaxAgeDays` of the policy, it is unknown',
      ),
      forMiles: miles
        .optional()
        .describe('The miles that it was made for. Far from those of the car, it does not count'),
      forKilometers: kilometers
        .optional()
        .describe('Instead of `forMiles`, where the guide counts in kilometers'),
    })
    .register(edge, { read: readKilometers }),
  dates: { asOf: past },
} satisfies Contract;
export type VehicleValued = z.infer<typeof vehicleValued.schema>;
