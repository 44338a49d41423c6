import { messageOf } from '../../../mail/message.ts';
import { firstService } from '../kind.ts';
import { visitLetter } from '../visit-letters.ts';

/** To a customer whom we sent a time that is no longer valid: the new time, for the same calendar entry. */
export const firstServiceMoved = messageOf(firstService, {
  to: 'customer',
  optOutKind: 'service',
  write: (context) => visitLetter(context, 'new'),
});
