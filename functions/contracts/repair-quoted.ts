import * as z from 'zod';
import { coded, lineAnswerWords, lineStateWords } from './code-words.ts';
import type { Contract } from './contract.ts';
import { edge } from './edge.ts';
import { careful, cents, envelopeFields, identifier, key, name, sentence, signedCents } from './fields.ts';
import { limits } from './limits.ts';
import { orderDates, orderFields, payType, readinessFields, readOrderDays } from './order-fields.ts';
import { examineQuote } from './quote-doubts.ts';

export const repairQuoted = {
  detailType: 'repair-quoted',
  title: 'A repair was quoted, or the quote of an order changed',
  sentBy: 'the DMS',
  key: 'storeId + roNumber',
  foundBy: 'repair-order-voided and service-visit-completed by storeId + roNumber',
  schema: z
    .looseObject({
      ...envelopeFields,
      roNumber: key(identifier).describe('A newer quote of the same order corrects what was said'),
      ...orderFields,
      quote: z
        .looseObject({
          totalCents: cents.describe(
            'What the customer would pay for everything quoted, declined or not. What counts is what is left to decide: this less the declined lines, ' +
              'and less the lines of others if it adds up only with them',
          ),
          payType: payType
            .default('customer')
            .describe('Who pays. Only work that the customer pays for can be a reason for a conversation'),
          lines: z
            .array(
              z.looseObject({
                description: sentence.describe('The work, in one line'),
                opCode: name.optional().describe("The DMS's code of the operation"),
                amountCents: signedCents.describe('What it costs; negative for a discount'),
                payType: payType
                  .optional()
                  .describe('Who pays for this line. Left out: who pays for the quote'),
                state: coded(z.enum(['quoted', 'approved', 'declined']), lineStateWords)
                  .optional()
                  .describe('How far it is decided. A declined line no longer counts. Left out: `quoted`'),
                answer: coded(z.enum(['approved', 'declined', 'open']), lineAnswerWords)
                  .optional()
                  .describe('The former name of `state`, which counts where both stand; `open` is `quoted`'),
                buys: sentence
                  .optional()
                  .describe(
                    "What the customer gets for it, in the advisor's words: good for another 40,000 miles",
                  ),
                recall: careful(z.boolean(), true).optional().describe('Done under a recall'),
              }),
            )
            .max(limits.lines)
            .default([])
            .describe('The quote, line by line'),
          linesFollow: z
            .boolean()
            .optional()
            .describe(
              'True where the advisor writes the quote line by line and the sender tells of each line: it counts ' +
                'once no line came for `settleQuoteMinutes` of the policy, or at the latest after `settleQuoteAtMostMinutes`',
            ),
          worthIt: z
            .boolean()
            .optional()
            .describe("The advisor's or shop's word that this repair is worth doing on this car"),
        })
        .describe('The quote as it stands'),
      ...readinessFields,
    })
    .register(edge, { read: readOrderDays }),
  examine: examineQuote,
  dates: orderDates,
} satisfies Contract;
export type RepairQuoted = z.infer<typeof repairQuoted.schema>;
