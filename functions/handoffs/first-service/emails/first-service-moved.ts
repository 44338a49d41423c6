import { messageOf } from '../../../mail/message.ts';
import { firstService } from '../kind.ts';
import { visitLetter } from '../visit-letters.ts';

/** To a customer whom we wrote a time that does not stand any more: the new one, for the same entry in the calendar. */
export const firstServiceMoved = messageOf(firstService, {
  to: 'customer',
  optOutKind: 'service',
  write: (context) => visitLetter(context, 'new'),
});
