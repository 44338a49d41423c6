import { formatInstant } from '../../../group/business-time.ts';
import { facts, points } from '../../../mail/blocks.ts';
import { carOf } from '../../../mail/format.ts';
import { messageOfAny } from '../../../mail/message.ts';
import { sentence, words } from '../../../mail/words.ts';
import { reachBy } from '../contact-words.ts';
import { overdueBy, wasDueRow } from '../due-since.ts';
import { assigneeOf, customerRows, named, personRow } from '../people-words.ts';
import { staffLetter } from '../staff-letter.ts';
import { nextStep, whoItIsAbout } from '../steps.ts';

/** To the manager: who has the handoff, what is late, what to do. Sent once for each limit. */
export const escalation = messageOfAny({
  to: 'staff',
  leaves: 'late for a manager',
  write: (context) => {
    const { task, store, note, customer, vehicle } = context;
    const has = assigneeOf(context);
    const isYours = has !== undefined && has.employeeNumber === context.reader?.employeeNumber;
    const owner = isYours ? words`you` : named(has, 'nobody at work');
    const late = note && 'deadline' in note ? note.deadline : 'accept';
    const state = late === 'complete' ? words`not finished` : words`not accepted`;
    const { name, toAccept, toComplete, of } = context.words;
    const what = of(whoItIsAbout(context));
    return staffLetter(context, {
      subject: words`Overdue: ${what} is ${state}`,
      heading: sentence(words`${what} is ${state}`),
      status: { tone: 'late', says: overdueBy(context, late) },
      first: isYours
        ? words`You have it: please ${late === 'complete' ? toComplete : toAccept}, or hand it to somebody who can.`
        : words`Check in with ${owner}, or reassign it with the button.`,
      // Its reader's list already names everything that is overdue.
      ...(note?.code === 'late' ? { line: 'none' } : {}),
      button: isYours ? nextStep(context) : 'Reassign it',
      facts: [
        facts([
          ['Handoff', name],
          wasDueRow(context, late),
          personRow('Who has it', has),
          ['Since', task.assignee && words`${formatInstant(store.timeZone, task.assignee.since, 'en')}`],
          ...(customer ? customerRows(customer, context) : []),
          ['Car', vehicle && carOf(vehicle)],
        ]),
      ],
      more: [
        points(
          [
            words`Reassign it to somebody who is here.`,
            words`Take it yourself and ${reachBy(customer)} the customer.`,
            words`Leave it where it is: we won’t remind you again.`,
          ],
          'What you can do',
        ),
      ],
    });
  },
});
