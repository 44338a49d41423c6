import { messageOf } from '../../../mail/message.ts';
import { correspondenceWith } from '../../any-kind/customer-letter.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { firstService } from '../kind.ts';
import { currentAppointment } from '../visit.ts';
import { confirmationLetter, noTimeAnyMore } from './first-service-confirmation.ts';

/** To a customer whom we wrote a time that does not stand any more: the new one, for the same entry in the calendar. */
export const firstServiceMoved = messageOf(firstService, {
  to: 'customer',
  optOutKind: 'service',
  write: (context) => {
    const due = needed(context.task.facts.due, context.task);
    const to = correspondenceWith(due.customer, due.vehicle, context);
    const booked = currentAppointment(context.task, context.now);
    return booked ? confirmationLetter(to, context, booked, 'new') : noTimeAnyMore(to, context);
  },
});
