import { customerName } from '../../../customers/customer.ts';
import { formatDate } from '../../../group/business-time.ts';
import { facts } from '../../../mail/blocks.ts';
import { carOf } from '../../../mail/format.ts';
import { messageOf } from '../../../mail/message.ts';
import { type Words, words } from '../../../mail/words.ts';
import { dueBy } from '../../any-kind/first-service-facts.ts';
import { assigneeOf, customerRows, personRow } from '../../any-kind/people-words.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { FYI, staffLetter } from '../../any-kind/staff-letter.ts';
import { isTheirs, nextStep, whoInList } from '../../any-kind/steps.ts';
import { firstService } from '../kind.ts';
import { bookedVisit } from '../staff-words.ts';
import { emailNotes } from '../task.ts';

/** To everybody who was notified of the first service: its due date is months from the one that they were sent. */
export const dueDateMoved = messageOf(firstService, {
  to: 'staff',
  leaves: 'next list',
  own: emailNotes,
  write: (context) => {
    const { task, own } = context;
    const due = needed(task.facts.due, task);
    const name = customerName(due.customer);
    const visit = bookedVisit(context);
    const isOff = task.state === 'waiting';
    const from = own?.code === 'due-moved' ? words`, not ${formatDate(own.from, 'en')}` : words``;
    return staffLetter(context, {
      subject: words`New due date: the first service of ${name}`,
      heading: words`New due date: the first service of ${name}`,
      first: words`It’s due by ${formatDate(due.dueOn, 'en')}${from}: the date was corrected. ${whatNow(isOff, isTheirs(context), visit?.when)}`,
      line: {
        under: 'New due dates',
        says: words`${whoInList(context)}: first service due by ${formatDate(due.dueOn, 'en')}${from}.`,
      },
      ...(isOff || !isTheirs(context) ? { status: FYI } : { button: nextStep(context) }),
      facts: [
        facts([
          ...customerRows(due.customer, context),
          ['Car', carOf(due.vehicle)],
          ['Appointment', visit?.when ?? words`Not booked`],
          ['Due', dueBy(due, 'en', context.store)],
          personRow('Service advisor', assigneeOf(context)),
        ]),
      ],
    });
  },
});

function whatNow(isOff: boolean, isMine: boolean, visit: Words | undefined): Words {
  if (visit) return words`The appointment stands: ${visit}.`;
  if (!isOff) return words`Everything else stays as it is.`;
  return isMine
    ? words`Nothing to do now: we’ll bring it back to you when it’s time to book.`
    : words`Nothing to do now: we’ll tell you when it’s coming up.`;
}
