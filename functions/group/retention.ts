import * as z from 'zod';

/** Customer information is deleted two years after its last use [FTC Safeguards Rule, 16 CFR 314.4(c)(6)]. */
const LAWFUL_MONTHS = 24;

/** How long items that name a customer are kept after their last use. Opt-outs are kept in any case. */
export const retention = z
  .strictObject({
    months: z
      .number()
      .int()
      .min(6)
      .max(120)
      .default(LAWFUL_MONTHS)
      .describe('After its last use. The assessment looks 24 months back: fewer months know fewer visits'),
    because: z
      .string()
      .min(20)
      .max(300)
      .optional()
      .describe('Why longer than 24 months: a business need or a law, for the auditors of the group'),
  })
  .refine(({ months, because }) => months <= LAWFUL_MONTHS || because !== undefined, {
    error: `expected 'because' with the reason, where customer information is kept longer than ${LAWFUL_MONTHS} months`,
    path: ['because'],
  });
export type Retention = z.infer<typeof retention>;

export const lawfulRetention: Retention = { months: LAWFUL_MONTHS };
