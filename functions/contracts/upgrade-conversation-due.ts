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
      .enum(['assessment', 'advisor', 'customer', 'taken back', 'repair chosen', 'wanted after all'])
      .describe(
        '`assessment`: the rule found reasons. `advisor`: and the advisor says that it is a good time. `customer`: open ' +
          'to looking, as the advisor was told. `taken back`, `repair chosen`: Sales can drop it. `wanted ' +
          'after all`: that was taken back',
      ),
  }),
} satisfies Contract;
export type UpgradeConversationDue = z.infer<typeof upgradeConversationDue.schema>;
