import { formatInstant } from '../domain/business-time.ts';
import { customerOf, vehicleOf } from '../domain/customer.ts';
import { everyKind, whatItIs, whoItIsAbout } from './any-handoff.ts';
import { facts, points } from './blocks.ts';
import { carOf } from './format.ts';
import { message } from './message.ts';
import { assigneeOf, customerRows, named, personRow, staffLetter } from './staff-letter.ts';
import { words } from './words.ts';

/** To the manager: who has it, what is late, what you can do. Once for each limit (`note.late`). */
export const escalation = message({
  kinds: everyKind,
  to: 'staff',
  write: (context) => {
    const { task, store, note } = context;
    const has = assigneeOf(context);
    const isYours = has !== undefined && has.employeeNumber === context.reader?.employeeNumber;
    const owner = isYours ? words`you` : named(has, 'nobody at work');
    const late = note['late'] === 'complete' ? words`not finished` : words`not accepted`;
    const customer = customerOf(task);
    const vehicle = vehicleOf(task);
    const { name, toAccept, toComplete } = whatItIs[task.kind];
    return staffLetter(context, {
      subject: words`Overdue: the handoff of ${whoItIsAbout(task)} is ${late}`,
      heading: words`The handoff of ${whoItIsAbout(task)} is ${late}`,
      first: isYours
        ? words`You have it: please ${note['late'] === 'complete' ? toComplete : toAccept}, or hand it to somebody who can.`
        : words`Talk to ${owner}, or hand it to somebody else with the button.`,
      facts: [
        facts([
          ['Handoff', name],
          personRow('Who has it', has),
          ['Since', task.assignee && words`${formatInstant(store.timeZone, task.assignee.since, 'en')}`],
          ['Late to', note['late'] === 'complete' ? toComplete : toAccept],
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
