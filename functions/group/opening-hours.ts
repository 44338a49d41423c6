import * as z from 'zod';

/** Opening hours as a group's file writes them. */
const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d$/;
const endOfDay = '24:00';
const openingMessage = "expected opening hours within one day such as '07:30-18:00', opening before closing";
const overMidnight = `${openingMessage}: what is open over midnight closes at '${endOfDay}'`;

export const opening = z
  .string(openingMessage)
  .regex(/^\d\d:\d\d-\d\d:\d\d$/, openingMessage)
  .transform((text) => ({ opens: text.slice(0, 5), closes: text.slice(6) }))
  .refine(({ opens, closes }) => timeOfDay.test(opens) && (timeOfDay.test(closes) || closes === endOfDay), {
    error: openingMessage,
    abort: true,
  })
  .refine(({ opens, closes }) => opens < closes, overMidnight)
  .meta({ format: 'opening hours' });

export const week = z
  .strictObject({
    monday: opening.optional(),
    tuesday: opening.optional(),
    wednesday: opening.optional(),
    thursday: opening.optional(),
    friday: opening.optional(),
    saturday: opening.optional(),
    sunday: opening.optional(),
  })
  .refine((days) => Object.keys(days).length > 0, 'expected opening hours of at least one day');
export type WeekHours = z.infer<typeof week>;
