import { customerOf, vehicleOf } from '../../../customers/customer.ts';
import { formatInstant } from '../../../group/business-time.ts';
import { facts, points } from '../../../mail/blocks.ts';
import { carOf } from '../../../mail/format.ts';
import { message } from '../../../mail/message.ts';
import { words } from '../../../mail/words.ts';
import { wasDue } from '../due-since.ts';
import { customerRows, staffLetter } from '../staff-letter.ts';
import { everyKind, lastStep, nextStep, whatItIs, whoItIsAbout } from '../words.ts';

/** To the named person: what is late, since when, what to do. Once for each limit (`note.late`). */
export const reminder = message({
  kinds: everyKind,
  to: 'staff',
  write: (context) => {
    const { task, store, note } = context;
    const { toAccept, toComplete, name, of } = whatItIs[task.kind];
    const late = note['late'] === 'complete' ? 'complete' : 'accept';
    const what = late === 'complete' ? toComplete : toAccept;
    const state = late === 'complete' ? words`Not finished yet` : words`Not accepted yet`;
    const customer = customerOf(task);
    const vehicle = vehicleOf(task);
    return staffLetter(context, {
      subject: words`Reminder: please ${what} (${whoItIsAbout(task)})`,
      heading: words`${state}: ${of(whoItIsAbout(task))}`,
      first: words`Please ${what}.`,
      button: late === 'complete' ? lastStep(context) : nextStep(context),
      facts: [
        facts([
          ['Handoff', name],
          ...(customer ? customerRows(customer) : []),
          ['Car', vehicle && carOf(vehicle)],
          [
            'Yours since',
            task.assignee && words`${formatInstant(store.timeZone, task.assignee.since, 'en')}`,
          ],
          ['Was due', wasDue(context, late)],
        ]),
      ],
      more: [
        points([
          words`No time for it? Decline with a reason or hand it to a colleague: that stops the clock too.`,
          words`If nothing happens, the manager is told next.`,
        ]),
      ],
    });
  },
});
