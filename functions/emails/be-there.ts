import { customerName } from '../domain/customer.ts';
import { facts } from './blocks.ts';
import { callName, dueBy } from './customer-letter.ts';
import { bookedVisit, visitInCalendar } from './first-service-staff.ts';
import { carOf } from './format.ts';
import { message } from './message.ts';
import { neededDue } from './needed.ts';
import { assigneeOf, customerRows, personRow, staffLetter } from './staff-letter.ts';
import { words } from './words.ts';

/** To the salesperson who sold the car: be there when the customer comes back for the first time. */
export const beThere = message({
  kinds: ['first-service-visit'],
  to: 'staff',
  write: (context) => {
    const due = neededDue(context.task);
    const name = customerName(due.customer);
    const customer = callName(due.customer);
    const advisor = assigneeOf(context);
    const visit = bookedVisit(context);
    return staffLetter(context, {
      subject: visit
        ? words`Be there: first service of ${name}, ${visit.briefly}`
        : words`Plan to be there at the first service of ${name}`,
      heading: visit
        ? words`Be there at the first service of ${name}`
        : words`Plan to be there at the first service of ${name}`,
      first: visit
        ? words`${visit.when}: say hello in the service lane. The attached file puts it in your calendar.`
        : words`Nothing to do yet: we tell you as soon as a time is booked. If you talk to ${customer}, offer to book it.`,
      facts: [
        facts([
          ...customerRows(due.customer),
          ['Car', carOf(due.vehicle)],
          ['Appointment', visit?.when ?? words`Not booked yet`],
          ['Due', dueBy(due, 'en')],
          personRow('Service advisor', advisor),
        ]),
      ],
      attachments: visit ? [visitInCalendar(context, due, visit.appointment)] : [],
    });
  },
});
