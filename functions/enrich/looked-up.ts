import * as z from 'zod';
import { carValue } from './car-value.ts';
import { modelRecalls } from './model-recalls.ts';

/** What others know of a car, looked up before the decision about its quote. What nobody could say is left out. */
export const lookedUp = z.object({
  value: carValue.optional(),
  recalls: modelRecalls.optional(),
});
export type LookedUp = z.infer<typeof lookedUp>;
