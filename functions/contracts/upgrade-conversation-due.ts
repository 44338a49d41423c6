import * as z from 'zod';
import type { Contract } from './contract.ts';
import { envelopeFields, identifier, numberUse } from './fields.ts';

export const upgradeConversationDue = {
  detailType: 'upgrade-conversation-due',
  title: 'A repair quote was assessed, or the customer told the advisor: time for Sales to talk',
  sentBy: 'this software',
  key: 'storeId + roNumber',
  foundBy: 'what happens to the repair order, by the same',
  schema: z.looseObject({
    ...envelopeFields,
    roNumber: identifier.describe('The repair order that the customer is here for'),
    use: numberUse,
    askedBy: z
      .enum([
        'assessment',
        'silence',
        'advisor',
        'manager',
        'customer',
        'taken back',
        'repair chosen',
        'wanted after all',
      ])
      .describe(
        'Who asks now. `assessment`: the rule found reasons. `silence`: and the advisor did not answer in time. ' +
          '`advisor`: and the advisor says that it is a good time. `manager`: a manager of Service says so instead. ' +
          '`customer`: open to looking, as the advisor was told. `taken back`, `repair chosen`: nobody asks any more, ' +
          'and Sales can drop it. `wanted after all`, of earlier releases: that was taken back',
      ),
    decides: z
      .literal('later')
      .optional()
      .describe('The customer decides another day, as the advisor was told. Whoever asks still asks'),
  }),
} satisfies Contract;
export type UpgradeConversationDue = z.infer<typeof upgradeConversationDue.schema>;
