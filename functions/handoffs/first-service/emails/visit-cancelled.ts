import { customerName } from '../../../customers/customer.ts';
import { facts } from '../../../mail/blocks.ts';
import { carOf } from '../../../mail/format.ts';
import { messageOf } from '../../../mail/message.ts';
import { type Words, words } from '../../../mail/words.ts';
import { departmentOf, type StaffMember } from '../../../people/staff.ts';
import { callName, dueBy } from '../../any-kind/customer-letter.ts';
import { assigneeOf, customerRows, personRow } from '../../any-kind/people-words.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { staffLetter } from '../../any-kind/staff-letter.ts';
import { lastStep, SEE } from '../../any-kind/steps.ts';
import { firstService } from '../kind.ts';
import { bookedVisit, type Visit, visitInCalendar } from '../staff-words.ts';
import type { Appointment, FirstServiceVisit } from '../task.ts';
import { emailNotes } from '../task.ts';

/** To everybody notified about the visit: it was cancelled, or the customer did not show up. */
export const visitCancelled = messageOf(firstService, {
  to: 'staff',
  own: emailNotes,
  write: (context) => {
    const due = needed(context.task.facts.due, context.task);
    const name = customerName(due.customer);
    const what =
      context.own?.code === 'visit-cancelled' && context.own.how === 'no-show'
        ? words`${name} did not come to the first service`
        : words`Cancelled: the first service of ${name}`;
    const gone = lastGone(context.task, context.now);
    const again = bookedVisit(context);
    return staffLetter(context, {
      subject: what,
      heading: what,
      first: whatNow(context.reader, callName(due.customer), again),
      button: again ? SEE : lastStep(context),
      facts: [
        facts([
          ...customerRows(due.customer),
          ['Car', carOf(due.vehicle)],
          ['Appointment', again?.when ?? words`None at the moment`],
          ['Due', dueBy(due, 'en')],
          personRow('Service advisor', assigneeOf(context)),
        ]),
      ],
      attachments: gone && !again ? [visitInCalendar(context, due, gone)] : [],
    });
  },
});

function whatNow(reader: StaffMember | undefined, customer: string, again: Visit | undefined): Words {
  if (again) return words`It has a new time: ${again.when}.`;
  const isSales = reader !== undefined && departmentOf(reader) === 'sales';
  return isSales
    ? words`You need not be there. We tell you when a new time is booked.`
    : words`Call ${customer}, agree on a new time and enter it with the button.`;
}

/** The cancelled appointment, if it was still to come and its calendar entry has to be removed. */
const lastGone = (task: FirstServiceVisit, now: string): Appointment | undefined =>
  task.facts.appointments.findLast(
    ({ status, startsAt }) => status !== 'booked' && startsAt !== undefined && startsAt > now,
  );
