import * as z from 'zod';
import { publicUrl } from './public-url.ts';

const keptDays = z.number().int().min(1).max(30).default(7);

/** Third-party services that are asked about a car before its quote is decided on. */
export const lookUpSettings = z.strictObject({
  value: z
    .strictObject({
      name: z
        .string()
        .trim()
        .min(1)
        .max(60)
        .describe('Whose figures they are, as the advisor reads it: `Black Book`'),
      url: publicUrl.describe('Is asked with `?vin=…&miles=…`. See docs/value-and-recalls.md'),
      header: z
        .string()
        .regex(/^[A-Za-z][A-Za-z0-9-]{0,60}$/, "expected the name of a header such as 'x-api-key'")
        .default('x-api-key')
        .describe("The header that carries the key of the stack's secret (output `ValueServiceSecret`)"),
      keptDays: keptDays.describe('Days until it is asked again about the same car at about the same miles'),
    })
    .optional()
    .describe('A service that says what a car is worth. Left out: none is asked'),
  recalls: z
    .strictObject({
      url: publicUrl
        .default('https://api.nhtsa.gov/recalls/recallsByVehicle')
        .describe("Answers as NHTSA's `recallsByVehicle` does. It needs no key"),
      keptDays: keptDays.describe('Days until it is asked again about the same model'),
    })
    .optional()
    .describe(
      'Whether the sheet says that the model of the car has recalls, for the advisor to check. Left out: no',
    ),
});
export type LookUpSettings = z.infer<typeof lookUpSettings>;
