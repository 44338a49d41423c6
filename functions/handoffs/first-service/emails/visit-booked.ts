import { customerName } from '../../../customers/customer.ts';
import { facts } from '../../../mail/blocks.ts';
import { carOf } from '../../../mail/format.ts';
import { messageOf } from '../../../mail/message.ts';
import { words } from '../../../mail/words.ts';
import { callName } from '../../any-kind/customer-letter.ts';
import { assigneeOf, customerRows, personRow } from '../../any-kind/people-words.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { FYI, staffLetter } from '../../any-kind/staff-letter.ts';
import { firstService } from '../kind.ts';
import { bookedVisit, isOfSales, visitInCalendar } from '../staff-words.ts';
import { emailNotes } from '../task.ts';

/** To the salesperson: the first visit was booked or moved. If it was moved, also to the advisor. */
export const visitBooked = messageOf(firstService, {
  to: 'staff',
  leaves: 'next list',
  own: emailNotes,
  write: (context) => {
    const due = needed(context.task.facts.due, context.task);
    const name = customerName(due.customer);
    const visit = bookedVisit(context);
    const customer = callName(due.customer);
    const comes = isOfSales(context.reader);
    const moved = context.own?.code === 'visit-moved';
    const rows = facts([
      ...customerRows(due.customer, context),
      ['Car', carOf(due.vehicle)],
      ['Appointment', visit?.when ?? words`None at the moment`],
      personRow('Service advisor', assigneeOf(context)),
    ]);
    if (!visit) {
      return staffLetter(context, {
        subject: words`No appointment now: the first service of ${name}`,
        heading: words`No appointment now: the first service of ${name}`,
        first: words`Nothing to do: we’ll tell you when a new time is booked.`,
        status: FYI,
        facts: [rows],
      });
    }
    const inCalendar = words`The attached file ${moved ? words`moves it` : words`puts it`} in your calendar.`;
    const prepared = words`Have ready what we promised, and greet ${customer} by name.`;
    return staffLetter(context, {
      subject: words`${moved ? words`Moved` : words`Booked`}: first service of ${name}, ${visit.briefly}`,
      heading: moved
        ? words`Moved: the first service of ${name}`
        : words`Booked: the first service of ${name}`,
      first: comes
        ? words`Be there ${visit.when}. ${inCalendar}`
        : words`${customer} comes in ${visit.when}. ${prepared}`,
      inList: comes ? words`Be there. ${inCalendar}` : prepared,
      facts: [rows],
      attachments: comes ? [visitInCalendar(context, due, visit.appointment)] : [],
    });
  },
});
