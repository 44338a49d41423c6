import * as z from 'zod';

/**
 * The holdout: a share of households for which the rule starts nothing, neither the question to the advisor nor the nudge, so
 * that its effect can be judged. The sheet is always sent, and anybody who asks for Sales is handed over.
 */
const arms = ['withheld', 'rule'] as const;
export type Arm = (typeof arms)[number];

/** The household and its arm. The arm is drawn once, when the rule would first have started something for the household. */
export const holdout = z.object({
  arm: z.enum(arms),
  /** A keyed pseudonym. */
  household: z.string(),
  /** The instant of the draw. */
  since: z.string(),
});
export type Holdout = z.infer<typeof holdout>;

const DIGITS = 8;

/**
 * The pseudonym is a hash with the group's key. Its first digits decide the arm, so the same household always gets the same.
 */
export const armOf = (household: string, percent: number): Arm =>
  Number.parseInt(household.slice(0, DIGITS), 16) * 100 < percent * 16 ** DIGITS ? 'withheld' : 'rule';
