import { formatInstant } from '../domain/business-time.ts';
import { customerOf, vehicleOf } from '../domain/customer.ts';
import { everyKind, whatItIs, whoItIsAbout } from './any-handoff.ts';
import { facts, points } from './blocks.ts';
import { carOf } from './format.ts';
import { message } from './message.ts';
import { customerRows, staffLetter } from './staff-letter.ts';
import { words } from './words.ts';

/** To the named person: what is late, since when, what to do. Once for each limit (`note.late`). */
export const reminder = message({
  kinds: everyKind,
  to: 'staff',
  write: (context) => {
    const { task, store, note } = context;
    const { toAccept, toComplete, name } = whatItIs[task.kind];
    const what = note['late'] === 'complete' ? toComplete : toAccept;
    const customer = customerOf(task);
    const vehicle = vehicleOf(task);
    return staffLetter(context, {
      subject: words`Reminder: please ${what} (${whoItIsAbout(task)})`,
      heading: words`${whoItIsAbout(task)} is waiting`,
      first: words`Please ${what}.`,
      facts: [
        facts([
          ['Handoff', name],
          ...(customer ? customerRows(customer) : []),
          ['Car', vehicle && carOf(vehicle)],
          [
            'Yours since',
            task.assignee && words`${formatInstant(store.timeZone, task.assignee.since, 'en')}`,
          ],
          ['Late to', note['late'] === 'complete' ? words`finish` : words`accept`],
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
