import type { TaskKind } from '../../functions/handoffs/kinds.ts';
import type { EmailCase, World } from './emails.ts';
import { firstServiceEmails } from './first-service/emails.ts';
import { introductionEmails } from './introduction/emails.ts';
import { repairOptionsEmails } from './repair-options/emails.ts';
import { upgradeEmails } from './upgrade-conversation/emails.ts';

/** The messages that only one kind sends, in each of their variants. */
export const emailsOf: Readonly<Record<TaskKind, (world: World) => EmailCase[]>> = {
  'service-introduction': introductionEmails,
  'first-service-visit': firstServiceEmails,
  'repair-options': repairOptionsEmails,
  'upgrade-conversation': upgradeEmails,
};
