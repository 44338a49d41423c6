import { customerOf, vehicleOf } from '../../../customers/customer.ts';
import { formatInstant } from '../../../group/business-time.ts';
import { facts, points } from '../../../mail/blocks.ts';
import { carOf } from '../../../mail/format.ts';
import { message } from '../../../mail/message.ts';
import { words } from '../../../mail/words.ts';
import { wasDue } from '../due-since.ts';
import { assigneeOf, customerRows, named, personRow, staffLetter } from '../staff-letter.ts';
import { everyKind, nextStep, whatItIs, whoItIsAbout } from '../words.ts';

/** To the manager: who has it, what is late, what you can do. Once for each limit (`note.late`). */
export const escalation = message({
  kinds: everyKind,
  to: 'staff',
  write: (context) => {
    const { task, store, note } = context;
    const has = assigneeOf(context);
    const isYours = has !== undefined && has.employeeNumber === context.reader?.employeeNumber;
    const owner = isYours ? words`you` : named(has, 'nobody at work');
    const late = note['late'] === 'complete' ? 'complete' : 'accept';
    const state = late === 'complete' ? words`not finished` : words`not accepted`;
    const customer = customerOf(task);
    const vehicle = vehicleOf(task);
    const { name, toAccept, toComplete, of } = whatItIs[task.kind];
    const what = of(whoItIsAbout(task));
    return staffLetter(context, {
      subject: words`Overdue: ${what} is ${state}`,
      heading: words`Overdue: ${what} is ${state}`,
      first: isYours
        ? words`You have it: please ${late === 'complete' ? toComplete : toAccept}, or hand it to somebody who can.`
        : words`Talk to ${owner}, or hand it to somebody else with the button.`,
      button: isYours ? nextStep(context) : 'Hand it to somebody else',
      facts: [
        facts([
          ['Handoff', name],
          personRow('Who has it', has),
          ['Since', task.assignee && words`${formatInstant(store.timeZone, task.assignee.since, 'en')}`],
          ['Was due', wasDue(context, late)],
          ...(customer ? customerRows(customer) : []),
          ['Car', vehicle && carOf(vehicle)],
        ]),
      ],
      more: [
        points(
          [
            words`Hand it to a colleague who is here.`,
            words`Take it yourself and call the customer.`,
            words`Leave it where it is: it is not escalated again for this.`,
          ],
          'What you can do',
        ),
      ],
    });
  },
});
