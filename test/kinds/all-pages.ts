import type { TaskKind } from '../../functions/handoffs/kinds.ts';
import { appraisalPages } from './appraisal/pages.ts';
import { firstServicePages } from './first-service/pages.ts';
import { introductionPages } from './introduction/pages.ts';
import type { KindPages } from './pages.ts';
import { repairInsteadPages } from './repair-instead/pages.ts';
import { repairOptionsPages } from './repair-options/pages.ts';
import { upgradeConversationPages } from './upgrade-conversation/pages.ts';

export const pagesOf: Readonly<Record<TaskKind, KindPages>> = {
  'service-introduction': introductionPages,
  'first-service-visit': firstServicePages,
  'repair-options': repairOptionsPages,
  appraisal: appraisalPages,
  'repair-instead': repairInsteadPages,
  'upgrade-conversation': upgradeConversationPages,
};
