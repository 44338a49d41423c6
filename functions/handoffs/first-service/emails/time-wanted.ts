import { customerName } from '../../../customers/customer.ts';
import { facts } from '../../../mail/blocks.ts';
import { messageOf } from '../../../mail/message.ts';
import { words } from '../../../mail/words.ts';
import { startByReaching } from '../../any-kind/contact-words.ts';
import { callName } from '../../any-kind/customer-letter.ts';
import { customerRows } from '../../any-kind/people-words.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { carRows, staffLetter } from '../../any-kind/staff-letter.ts';
import { lastStep } from '../../any-kind/steps.ts';
import { firstService } from '../kind.ts';
import { bookedVisit, timeWantedWords } from '../staff-words.ts';

/** To the advisor: the customer asks for another time. The booked time stands until the advisor moves it. */
export const timeWanted = messageOf(firstService, {
  to: 'staff',
  leaves: 'now',
  write: (context) => {
    const { task } = context;
    const due = needed(task.facts.due, task);
    const name = customerName(due.customer);
    const customer = callName(due.customer);
    return staffLetter(context, {
      subject: words`${name} asks for another time`,
      heading: words`${name} asks for another time`,
      first: words`${startByReaching(due.customer)} ${customer}, agree on a time and enter it with the button. Until then the appointment stands.`,
      button: lastStep(context),
      facts: [
        facts([
          ...customerRows(due.customer, context),
          ['Would like', task.facts.timeWanted && timeWantedWords(task.facts.timeWanted)],
          ['Appointment', bookedVisit(context)?.when ?? words`None at the moment`],
          ...carRows(due.vehicle),
        ]),
      ],
    });
  },
});
