import { messageOf } from '../../../mail/message.ts';
import { invitationLetter } from '../invitation-letters.ts';
import { firstService } from '../kind.ts';

/** To a customer who has not come three weeks after the first service was due: the last letter about it. */
export const firstServiceOverdue = messageOf(firstService, {
  to: 'customer',
  optOutKind: 'service',
  write: (context) => invitationLetter(context, 'overdue'),
});
