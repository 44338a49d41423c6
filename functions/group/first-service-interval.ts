import * as z from 'zod';
import { opCode } from '../contracts/fields.ts';
import { milesIn } from '../contracts/odometer.ts';

/** When the first service of a car is due after its delivery: by months or by distance, whichever comes first. */
export const firstServiceInterval = z
  .strictObject({
    months: z.number().int().min(1).max(36).describe('Months from delivery to the first service'),
    miles: z.number().int().min(500).max(30_000).optional().describe('Or its miles, whichever comes first'),
    kilometers: z
      .number()
      .int()
      .min(800)
      .max(48_000)
      .optional()
      .describe('Instead of `miles`, where stores count in kilometers'),
    opCodes: z
      .array(opCode)
      .max(50)
      .optional()
      .describe(
        "The DMS's operation codes of a first service: a closed order with one of them counts, whatever its date",
      ),
  })
  .transform(({ miles, kilometers, ...others }, context) => {
    if (miles !== undefined && kilometers === undefined) return { ...others, miles };
    if (kilometers !== undefined && miles === undefined) {
      return { ...others, miles: milesIn(kilometers, 'kilometers') };
    }
    context.addIssue({ code: 'custom', message: 'expected either miles or kilometers' });
    return z.NEVER;
  });
export type FirstServiceInterval = z.infer<typeof firstServiceInterval>;
