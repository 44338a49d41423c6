import * as z from 'zod';
import { carValue } from './car-value.ts';
import { modelRecalls } from './model-recalls.ts';

/** What other services know about a car, looked up before its quote is decided on. What none of them knows is left out. */
export const lookedUp = z.object({
  value: carValue.optional(),
  recalls: modelRecalls.optional(),
});
export type LookedUp = z.infer<typeof lookedUp>;
