import { messageOf } from '../../../mail/message.ts';
import { invitationLetter } from '../invitation-letters.ts';
import { firstService } from '../kind.ts';

/** To a customer whose first service is coming up and not booked. */
export const firstServiceInvitation = messageOf(firstService, {
  to: 'customer',
  optOutKind: 'service',
  write: (context) => invitationLetter(context, 'first'),
});
