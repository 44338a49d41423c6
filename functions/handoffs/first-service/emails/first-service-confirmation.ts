import { messageOf } from '../../../mail/message.ts';
import { firstService } from '../kind.ts';
import { visitLetter } from '../visit-letters.ts';

/** To a customer with a booked first service: when, where, and a calendar file. */
export const firstServiceConfirmation = messageOf(firstService, {
  to: 'customer',
  optOutKind: 'service',
  write: (context) => visitLetter(context, 'first'),
});
