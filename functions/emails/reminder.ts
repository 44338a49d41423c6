import { formatInstant } from '../domain/business-time.ts';
import { customerOf, vehicleOf } from '../domain/customer.ts';
import { everyKind, lastStep, nextStep, whatItIs, whoItIsAbout } from './any-handoff.ts';
import { facts, points } from './blocks.ts';
import { carOf } from './format.ts';
import { message } from './message.ts';
import { customerRows, staffLetter } from './staff-letter.ts';
import { wasDue } from './was-due.ts';
import { words } from './words.ts';

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
