import type { TaskKind } from '../../functions/handoffs/kinds.ts';
import { appraisal } from './appraisal/deadlines.ts';
import type { KindDeadlines } from './deadlines.ts';
import { firstService } from './first-service/deadlines.ts';
import { introduction } from './introduction/deadlines.ts';
import { repairInstead } from './repair-instead/deadlines.ts';
import { repairOptions } from './repair-options/deadlines.ts';
import { upgradeConversation } from './upgrade-conversation/deadlines.ts';

/** A new kind of handoff brings a folder here and a line in each list of kinds; until then nothing compiles. */
export const deadlinesOf: Readonly<Record<TaskKind, KindDeadlines>> = {
  'service-introduction': introduction,
  'first-service-visit': firstService,
  'repair-options': repairOptions,
  appraisal,
  'repair-instead': repairInstead,
  'upgrade-conversation': upgradeConversation,
};
