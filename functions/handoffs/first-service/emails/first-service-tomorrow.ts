import { messageOf } from '../../../mail/message.ts';
import { firstService } from '../kind.ts';
import { visitLetter } from '../visit-letters.ts';

/** To the customer, on the last open day before the visit: when, who to ask for, where to pull in. */
export const firstServiceTomorrow = messageOf(firstService, {
  to: 'customer',
  optOutKind: 'service',
  write: (context) => visitLetter(context, 'tomorrow'),
});
