import { messageOf } from '../../../mail/message.ts';
import { firstService } from '../kind.ts';
import { emailNotes } from '../task.ts';
import { visitLetter } from '../visit-letters.ts';

/** To a customer who did not come, or whose appointment was cancelled: please choose a new time. */
export const firstServiceRebook = messageOf(firstService, {
  to: 'customer',
  optOutKind: 'service',
  own: emailNotes,
  write: (context) =>
    visitLetter(context, 'new', context.own?.code === 'visit-cancelled' ? context.own : undefined),
});
