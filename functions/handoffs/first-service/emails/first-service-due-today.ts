import { messageOf } from '../../../mail/message.ts';
import { invitationLetter } from '../invitation-letters.ts';
import { firstService } from '../kind.ts';

/** To a customer who has not booked, as the first service falls due. */
export const firstServiceDueToday = messageOf(firstService, {
  to: 'customer',
  optOutKind: 'service',
  write: (context) => invitationLetter(context, 'due'),
});
