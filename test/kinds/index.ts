import type { TaskKind } from '../../functions/domain/task.ts';
import type { KindDeadlines } from './deadlines.ts';
import { firstService } from './first-service/deadlines.ts';
import { firstServicePages } from './first-service/pages.ts';
import { introduction } from './introduction/deadlines.ts';
import { introductionPages } from './introduction/pages.ts';
import type { KindPages } from './pages.ts';
import { repairOptions } from './repair-options/deadlines.ts';
import { repairOptionsPages } from './repair-options/pages.ts';
import { upgradeConversation } from './upgrade-conversation/deadlines.ts';
import { upgradeConversationPages } from './upgrade-conversation/pages.ts';

/** A new kind of handoff brings a folder here and a line in each list; until then nothing compiles. */
export const deadlinesOf: Readonly<Record<TaskKind, KindDeadlines>> = {
  'service-introduction': introduction,
  'first-service-visit': firstService,
  'repair-options': repairOptions,
  'upgrade-conversation': upgradeConversation,
};

export const pagesOf: Readonly<Record<TaskKind, KindPages>> = {
  'service-introduction': introductionPages,
  'first-service-visit': firstServicePages,
  'repair-options': repairOptionsPages,
  'upgrade-conversation': upgradeConversationPages,
};
