import * as z from 'zod';

const minutes = z
  .number()
  .int()
  .min(1)
  .max(60 * 24 * 30);

const limits = z.strictObject({
  acceptMinutes: minutes.describe(
    "Minutes of the department's opening hours in which the named person accepts it. Then comes the reminder, and after as many minutes again the escalation. Of an introduction they count from the delivery, and with the escalation the customer gets the letter of the service manager",
  ),
  completeMinutes: minutes.describe('And in which they finish it'),
});

/** The kinds of handoff, by the names that a group's file uses for their limits and that events carry. */
export const handoffLimits = z.strictObject({
  'service-introduction': limits.default({ acceptMinutes: 60, completeMinutes: 960 }),
  'first-service-visit': limits.default({ acceptMinutes: 480, completeMinutes: 9_600 }),
  'repair-options': limits.default({ acceptMinutes: 60, completeMinutes: 240 }),
  appraisal: limits.default({ acceptMinutes: 10, completeMinutes: 20 }),
  'repair-instead': limits.default({ acceptMinutes: 15, completeMinutes: 960 }),
  'upgrade-conversation': limits.default({ acceptMinutes: 60, completeMinutes: 960 }),
});

export const handoffName = handoffLimits.keyof();
