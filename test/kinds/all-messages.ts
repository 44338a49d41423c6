import type { TaskKind } from '../../functions/handoffs/kinds.ts';
import { appraisalMessages } from './appraisal/messages.ts';
import { firstServiceMessages } from './first-service/messages.ts';
import { introductionMessages } from './introduction/messages.ts';
import type { KindMessages } from './messages.ts';
import { repairInsteadMessages } from './repair-instead/messages.ts';
import { repairOptionsMessages } from './repair-options/messages.ts';
import { upgradeConversationMessages } from './upgrade-conversation/messages.ts';

/** In this order: a conversation comes from the repair options. */
export const messagesByKind: Readonly<Record<TaskKind, KindMessages>> = {
  'service-introduction': introductionMessages,
  'first-service-visit': firstServiceMessages,
  'repair-options': repairOptionsMessages,
  appraisal: appraisalMessages,
  'upgrade-conversation': upgradeConversationMessages,
  'repair-instead': repairInsteadMessages,
};
