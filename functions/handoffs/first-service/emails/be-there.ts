import type { FirstServiceDue } from '../../../contracts/first-service-due.ts';
import { customerName } from '../../../customers/customer.ts';
import { facts } from '../../../mail/blocks.ts';
import { carOf, shortDayOf } from '../../../mail/format.ts';
import { type Line, type MessageContext, messageOf } from '../../../mail/message.ts';
import { words } from '../../../mail/words.ts';
import { callName } from '../../any-kind/customer-letter.ts';
import { dueBy } from '../../any-kind/first-service-facts.ts';
import { assigneeOf, customerRows, personRow, placeRow } from '../../any-kind/people-words.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { FYI, staffLetter } from '../../any-kind/staff-letter.ts';
import { whoInList } from '../../any-kind/steps.ts';
import { firstService } from '../kind.ts';
import { bookedVisit, visitInCalendar } from '../staff-words.ts';

/** To the salesperson who sold the car: be there when the customer comes back for the first time. */
export const beThere = messageOf(firstService, {
  to: 'staff',
  leaves: 'next list',
  write: (context) => {
    const due = needed(context.task.facts.due, context.task);
    const name = customerName(due.customer);
    const customer = callName(due.customer);
    const advisor = assigneeOf(context);
    const visit = bookedVisit(context);
    return staffLetter(context, {
      subject: visit
        ? words`Be there: ${name}, first service ${visit.briefly}`
        : words`Coming up: the first service of ${name}`,
      heading: visit
        ? words`Be there for the first service of ${name}`
        : words`Coming up: the first service of ${name}`,
      first: visit
        ? words`${visit.when}: say hello in the service drive. The attached file puts it in your calendar.`
        : words`Nothing to do yet: we’ll tell you as soon as a time is booked. If you talk to ${customer}, offer to book it.`,
      ...(visit
        ? { inList: words`Say hello in the service drive. The attached file puts it in your calendar.` }
        : { status: FYI, line: comingUp(context, due) }),
      facts: [
        facts([
          ...customerRows(due.customer, context),
          ['Car', carOf(due.vehicle)],
          placeRow(context),
          ['Appointment', visit?.when ?? words`Not booked yet`],
          ['Due', dueBy(due, 'en', context.store)],
          personRow('Service advisor', advisor),
        ]),
      ],
      attachments: visit ? [visitInCalendar(context, due, visit.appointment)] : [],
    });
  },
});

/** Many of them are due on one day, so each is a line under a shared title. */
const comingUp = (context: MessageContext, due: FirstServiceDue): Line => ({
  under: 'First services of your customers coming up',
  says: words`${whoInList(context)}: due ${shortDayOf(due.dueOn)}, not booked yet.`,
});
