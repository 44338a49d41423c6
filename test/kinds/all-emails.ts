import type { TaskKind } from '../../functions/handoffs/kinds.ts';
import { appraisalEmails } from './appraisal/emails.ts';
import type { KindEmails } from './emails.ts';
import { firstServiceEmails } from './first-service/emails.ts';
import { introductionEmails } from './introduction/emails.ts';
import { repairInsteadEmails } from './repair-instead/emails.ts';
import { repairOptionsEmails } from './repair-options/emails.ts';
import { upgradeEmails } from './upgrade-conversation/emails.ts';

export const emailsOf: Readonly<Record<TaskKind, KindEmails>> = {
  'service-introduction': introductionEmails,
  'first-service-visit': firstServiceEmails,
  'repair-options': repairOptionsEmails,
  appraisal: appraisalEmails,
  'repair-instead': repairInsteadEmails,
  'upgrade-conversation': upgradeEmails,
};
