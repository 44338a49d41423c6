import * as z from 'zod';
import type { Contract } from './contract.ts';
import { envelopeFields, identifier } from './fields.ts';

export const upgradeConversationDue = {
  detailType: 'upgrade-conversation-due',
  title: 'A repair quote was assessed, or the customer told the advisor: time for Sales to talk',
  sentBy: 'this software',
  key: 'storeId + roNumber',
  foundBy: 'what happens to the repair order, by the same',
  schema: z.looseObject({
    ...envelopeFields,
    roNumber: identifier.describe('The repair order that the customer is here for'),
    askedBy: z
      .enum(['assessment', 'customer', 'taken back'])
      .describe('`assessment`: the rule found reasons. `customer`: open to looking, as the advisor was told'),
  }),
} satisfies Contract;
export type UpgradeConversationDue = z.infer<typeof upgradeConversationDue.schema>;
