import type { Customer } from '../../../contracts/fields.ts';
import { customerName } from '../../../customers/customer.ts';
import { facts } from '../../../mail/blocks.ts';
import { carOf, momentOf } from '../../../mail/format.ts';
import { type MessageContext, messageOf } from '../../../mail/message.ts';
import { type Words, words } from '../../../mail/words.ts';
import type { StaffMember } from '../../../people/staff.ts';
import { startByReaching } from '../../any-kind/contact-words.ts';
import { callName } from '../../any-kind/customer-letter.ts';
import { dueBy } from '../../any-kind/first-service-facts.ts';
import { assigneeOf, customerRows, personRow } from '../../any-kind/people-words.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { staffLetter } from '../../any-kind/staff-letter.ts';
import { lastStep, SEE } from '../../any-kind/steps.ts';
import { firstService } from '../kind.ts';
import { bookedVisit, goneFromCalendar, isOfSales, type Visit, visitInCalendar } from '../staff-words.ts';
import { emailNotes, type FirstServiceVisit } from '../task.ts';

type Context = MessageContext<FirstServiceVisit>;

/** To everybody notified about the visit: it was cancelled, or the customer did not show up. */
export const visitCancelled = messageOf(firstService, {
  to: 'staff',
  leaves: 'next list',
  own: emailNotes,
  write: (context) => {
    const due = needed(context.task.facts.due, context.task);
    const name = customerName(due.customer);
    const own = context.own?.code === 'visit-cancelled' ? context.own : undefined;
    const isMissed = own?.how === 'no-show';
    const what = isMissed
      ? words`${name} missed the first service`
      : words`Cancelled: the first service of ${name}`;
    const gone = goneFromCalendar(context);
    const again = bookedVisit(context);
    return staffLetter(context, {
      subject: what,
      heading: what,
      first: whatNow(context.reader, due.customer, again),
      button: again ? SEE : lastStep(context),
      facts: [
        facts([
          ...customerRows(due.customer, context),
          ['Car', carOf(due.vehicle)],
          [isMissed ? 'Was expected' : 'Was booked for', momentGone(own?.startsAt, context)],
          ['Appointment', again?.when ?? words`None at the moment`],
          ['Due', dueBy(due, 'en', context.store)],
          personRow('Service advisor', assigneeOf(context)),
        ]),
      ],
      attachments: gone && !again ? [visitInCalendar(context, due, gone)] : [],
    });
  },
});

function whatNow(reader: StaffMember | undefined, customer: Customer, again: Visit | undefined): Words {
  if (again) return words`There is a new time already: ${again.when}.`;
  return isOfSales(reader)
    ? words`No need to come out. We’ll tell you when there’s a new time.`
    : words`${startByReaching(customer)} ${callName(customer)}, set a new time and enter it with the button.`;
}

const momentGone = (startsAt: string | undefined, { store }: Context): Words | undefined =>
  startsAt === undefined ? undefined : words`${momentOf(store.timeZone, startsAt, 'en')}`;
